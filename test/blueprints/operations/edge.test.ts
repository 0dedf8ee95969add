import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { mmproxyPlan, smallPlan } from './plan.ts';
import { FakeStack } from './stack.ts';

const test = suite<{ stack: FakeStack }>('edges: HAProxy, go-mmproxy, external');
const image = 'localhost/go-mmproxy:trixie';
const all = ['prepare', 'haproxy', 'nginx-network', 'go-mmproxy', 'nginx', 'prosody', 'coturn'];

test.before.each((context) => {
  const stack = new FakeStack(mmproxyPlan());
  stack.containers(all);
  stack.write('images/go-mmproxy/Dockerfile', 'FROM one\n');
  stack.write('go-mmproxy/network/start.sh', '');
  stack.images('builds', [image]);
  stack.write('../fake/created', '2000-01-01T00:00:00Z\n');
  context.stack = stack;
});
test.after.each(({ stack }) => stack.remove());

const builds = (stack: FakeStack) => stack.calls().match(/compose build .*/g) ?? [];

test('an image of this server is built before the start, and again only for another Dockerfile', ({
  stack,
}) => {
  assert.is(stack.run(['up']).code, 0);
  assert.equal(builds(stack), ['compose build go-mmproxy']);
  assert.match(stack.calls(), /compose build[\s\S]*compose up/);
  stack.run(['up']);
  assert.is(builds(stack).length, 1);
  stack.write('images/go-mmproxy/Dockerfile', 'FROM two\n');
  stack.run(['up']);
  assert.is(builds(stack).length, 2);
  // Earlier content finds its image again, without a network.
  stack.write('images/go-mmproxy/Dockerfile', 'FROM one\n');
  stack.fail('compose build*');
  assert.is(stack.run(['up']).code, 0);
  assert.is(builds(stack).length, 2);
  assert.match(stack.calls().split('\n').slice(-20).join('\n'), /\ntag .*:files-\S+ localhost/);
});

test('what docker compose up has built is not built again', ({ stack }) => {
  stack.images('images', [image]);
  stack.write('../fake/created', '2100-01-01T00:00:00.123456789Z\n');
  assert.is(stack.run(['up']).code, 0);
  assert.equal(builds(stack), []);
});

test('a build that fails does not keep the stack from starting', ({ stack }) => {
  stack.images('images', [image]);
  stack.fail('compose build*');
  const { code, err } = stack.run(['up']);
  assert.is(code, 0);
  assert.match(err, 'could not be built; the one that is here is used');
});

test('with the holder of the network, those who share it start anew', ({ stack }) => {
  stack.containers(all, 'running|healthy', '2024-05-06T07:08:09.5Z');
  assert.is(stack.run(['up']).code, 0);
  const anew = stack.calls().match(/--force-recreate .*/g) ?? [];
  assert.equal(anew, ['--force-recreate nginx-network', '--force-recreate go-mmproxy nginx']);
});

test('so they do when the holder was started later than they, by whomever', ({ stack }) => {
  const table = stack.read('../fake/containers');
  stack.write(
    '../fake/containers',
    table
      .replace(/^(nginx-network.*)\|2100[^|]*/m, '$1|2100-01-01T00:00:00.51Z')
      .replace(/^(go-mmproxy.*)\|2100[^|]*/m, '$1|2100-01-01T00:00:00.6Z'),
  );
  stack.run(['up']);
  const anew = stack.calls().match(/--force-recreate .*/g) ?? [];
  assert.equal(anew, ['--force-recreate nginx']);
});

test('reload: HAProxy and NGINX test their files first', ({ stack }) => {
  const { code, err } = stack.run(['reload']);
  assert.is(code, 0, err);
  const said = stack.calls();
  assert.match(said, /haproxy -c -q[\s\S]*sh USR2\n/);
  assert.match(said, /nginx -t[\s\S]*sh HUP\n/);
  assert.ok(stack.list('backups/.started').includes('stack'), 'these files are in force now');
  stack.fail('*haproxy -c*');
  assert.match(stack.run(['reload']).err, 'haproxy refuses the configuration');
});

test('the owner’s sites of HAProxy are in a backup and come back as his', ({ stack }) => {
  stack.write('haproxy/sites/mine.cfg', '# mine\n');
  const file = stack.run(['backup', 'mine.tar.gz']).out.trim();
  stack.write('haproxy/sites/mine.cfg', '# lost\n');
  const { code, err } = stack.run(['restore', file, '--yes']);
  assert.is(code, 0, err);
  assert.is(stack.read('haproxy/sites/mine.cfg'), '# mine\n');
});

test('without an edge of its own: up, status, reload, backup and certificates work', () => {
  const plan = smallPlan({ source: 'own' });
  const services = plan.services.filter(({ name }) => name !== 'nginx');
  const endpoints = plan.endpoints.filter(({ administration }) => administration);
  const stack = new FakeStack({ ...plan, services, endpoints });
  for (const args of [['up'], ['reload'], ['status'], ['backup', join(stack.root, 'x.tar.gz')]]) {
    const { code, err } = stack.run(args);
    assert.is(code, 0, `${args.join(' ')}: ${err}`);
  }
  assert.not.match(stack.calls(), /nginx -t|exec -T nginx/);
  const without = new FakeStack({
    ...plan,
    services: services.filter(({ name }) => name !== 'coturn'),
    endpoints,
  });
  assert.match(without.run(['reload']).err, './stack up starts anew what has to');
  for (const one of [stack, without]) one.remove();
});

test.run();
