import { mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { smallPlan } from './plan.ts';
import { FakeStack } from './stack.ts';

const test = suite<{ stack: FakeStack }>('the name of a running stack');
test.before.each((context) => {
  context.stack = new FakeStack();
});
test.after.each(({ stack }) => stack.remove());

/** Who was started on this server, as Docker's labels say it. */
const started = (stack: FakeStack, ...rows: [name: string, folder: string][]) =>
  stack.write('../fake/started', rows.map((row) => `${row.join(' ')}\n`).join(''));

const downOf = (name: string) => `compose --project-name ${name} down --remove-orphans`;

test('what was started here under a former name makes room before anything starts', ({ stack }) => {
  started(stack, ['meet-alt-de', stack.path], ['other', '/srv/other']);
  assert.match(stack.run(['status']).err, 'started as meet-alt-de, its former name');
  const { code, err } = stack.run(['up']);
  assert.is(code, 0, err);
  assert.match(err, 'started as meet-alt-de and is called meet-example-org now');
  const calls = stack.calls();
  assert.ok(calls.indexOf(downOf('meet-alt-de')) < calls.indexOf('compose up'), calls);
  assert.not.match(calls, downOf('other'));
});

test('down stops it too', ({ stack }) => {
  started(stack, ['meet-example-org', stack.path], ['meet-alt-de', stack.path]);
  assert.is(stack.run(['down']).code, 0);
  assert.match(stack.calls(), downOf('meet-alt-de'));
  assert.not.match(stack.calls(), downOf('meet-example-org'));
});

test('a folder that has moved is the same stack, with a former name too', ({ stack }) => {
  const old = join(stack.root, 'old');
  stack.write('backups/.started/stack', "project='meet-alt-de'\n");
  started(stack, ['meet-alt-de', old], ['meet-example-org', old], ['other', old]);
  const { code, err } = stack.run(['up']);
  assert.is(code, 0, err);
  assert.match(stack.calls(), downOf('meet-alt-de'));
  assert.not.match(stack.calls(), downOf('other'));
});

test('another folder of the same name is named, and nothing of it is touched', ({ stack }) => {
  const other = join(stack.root, 'other meet');
  mkdirSync(other);
  started(stack, ['meet-example-org', other]);
  const { code, err } = stack.run(['up']);
  assert.is(code, 1);
  assert.match(err, `The stack in ${other} has the same name (meet-example-org).`);
  assert.not.match(stack.calls(), /compose (up|down)/);
  renameSync(other, `${other} gone`);
  assert.is(stack.run(['up']).code, 0);
});

test('the name that Compose reads from .env is the name', ({ stack }) => {
  stack.write('.env', `${stack.read('.env')}COMPOSE_PROJECT_NAME='Mi.ne'\n`, 0o600);
  started(stack, ['mine', stack.path], ['meet-example-org', stack.path]);
  const { code, err } = stack.run(['up'], { env: { COMPOSE_PROJECT_NAME: 'another' } });
  assert.is(code, 0, err);
  assert.match(err, 'started as meet-example-org and is called mine now');
  assert.not.match(stack.calls(), downOf('mine'));
});

test('another network of the containers is a reason to stop them first, a comment is none', ({
  stack,
}) => {
  const compose = (subnet: string, why = 'why') =>
    `name: meet-example-org\nservices: {}\n\n# ${why}\nnetworks:\n  # ${why}\n  meet.jitsi:\n    ipam: ${subnet}\n`;
  stack.write('compose.yaml', compose('172.28.0.0/24'));
  stack.write('backups/.started/compose.yaml', compose('172.28.0.0/24', 'another comment'));
  assert.is(stack.run(['up']).code, 0);
  assert.not.match(stack.calls(), 'compose down');
  stack.write('compose.yaml', compose('172.29.0.0/24'));
  const { code, err } = stack.run(['up']);
  assert.is(code, 0, err);
  assert.match(err, 'network is another one now');
  assert.match(stack.calls(), 'compose down --remove-orphans');
  assert.ok(stack.calls().indexOf('compose down') < stack.calls().lastIndexOf('compose up'));
});

test('a container of somebody else’s that keeps the old network in use is named', ({ stack }) => {
  stack.write('compose.yaml', 'networks:\n  meet.jitsi: { new }\n');
  stack.write('backups/.started/compose.yaml', 'networks:\n  meet.jitsi: {}\n');
  stack.write('../fake/joined', 'traefik ');
  const { code, err } = stack.run(['up']);
  assert.is(code, 1);
  assert.match(err, 'keep the old network in use: traefik');
  assert.match(err, 'docker network disconnect meet-example-org_meet.jitsi NAME');
  assert.not.match(stack.calls(), 'compose up');
});

const proxied = () => {
  const joins = { container: 'npm-app-1', addresses: ['172.28.0.10', 'fd28::a'] };
  return { ...smallPlan(), trustedProxy: { ...smallPlan().trustedProxy, joins } };
};

test('the owner’s own proxy is let into the network, once, and out of an old one', ({ stack }) => {
  stack.update(proxied());
  const network = 'meet-example-org_meet.jitsi npm-app-1';
  const join = `network connect --ip 172.28.0.10 --ip6 fd28::a ${network}`;
  const first = stack.run(['up']);
  assert.is(first.code, 0, first.err);
  assert.match(first.err, 'npm-app-1 is in this stack');
  assert.match(stack.calls(), join);
  assert.ok(stack.calls().indexOf('compose up') < stack.calls().indexOf(join));
  // It stays where it is already.
  stack.write('../fake/at', '172.28.0.10');
  stack.write('../fake/calls', '');
  assert.is(stack.run(['up']).code, 0);
  assert.not.match(stack.calls(), 'network connect');
  stack.write('compose.yaml', 'networks:\n  meet.jitsi: { new }\n');
  stack.write('backups/.started/compose.yaml', 'networks:\n  meet.jitsi: {}\n');
  stack.run(['up']);
  const out = `network disconnect ${network}`;
  assert.ok(stack.calls().indexOf(out) < stack.calls().indexOf('compose down'), stack.calls());
  stack.write('../fake/calls', '');
  stack.run(['down']);
  assert.ok(stack.calls().indexOf(out) < stack.calls().indexOf('compose down'), stack.calls());
});

test('a proxy that is not there keeps nothing from starting, and is named', ({ stack }) => {
  stack.update(proxied());
  stack.fail('container inspect*');
  const { code, err } = stack.run(['up']);
  assert.is(code, 0);
  assert.match(err, 'There is no container npm-app-1 here');
  assert.match(err, '--edge-container NAME');
});

test('an upgrade stops what runs under a former name too', ({ stack }) => {
  stack.write('backups/.started/stack', "release='stable-11031'\nproject='meet-alt-de'\n");
  stack.update({ ...smallPlan() });
  started(stack, ['meet-alt-de', stack.path]);
  const { err } = stack.run(['upgrade', '--yes']);
  assert.match(err, 'Everything is healthy with stable-11146-2');
  assert.match(stack.calls(), 'ps --quiet --filter label=com.docker.compose.project=meet-alt-de');
  assert.match(stack.calls(), downOf('meet-alt-de'));
});

test.run();
