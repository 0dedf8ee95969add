import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { StackError } from '../../../src/errors.ts';
import { renderedOf } from '../../matrix/stack.ts';

const test = suite('extra: shared documents');

const made = (more: object = {}) =>
  renderedOf({
    domain: 'meet.example.org',
    network: { publicAddresses: ['203.0.113.7'] },
    certificates: { source: 'self-signed' },
    extras: ['documents'],
    ...more,
  });

test('what people write lasts, belongs to the container’s user and is in backups', async () => {
  const { plan } = await made();
  const pads = plan.services.find(({ name }) => name === 'etherpad');
  const mount = pads?.volumes.find(({ source }) => source === './data/etherpad');
  assert.is(mount?.readOnly, false);
  assert.ok(
    mount && `/opt/etherpad-lite/${pads?.environment.DB_FILENAME}`.startsWith(mount.target),
  );
  const directory = plan.directories.find(({ path }) => path === 'data/etherpad');
  assert.is(`${directory?.owner}`, pads?.user?.split(':')[0]);
  assert.not(directory?.passing);
  assert.equal(pads?.capabilities, []);
});

test('nobody administers it from outside, and no password is set', async () => {
  const { plan, files } = await made();
  const pads = plan.services.find(({ name }) => name === 'etherpad');
  assert.not(Object.keys(pads?.environment ?? {}).some((name) => /PASS|KEY/.test(name)));
  const conf = files.find(({ path }) => path === 'jitsi/web/nginx-custom/etherpad.conf')?.text;
  for (const closed of ['/etherpad/admin', '/etherpad/api/'])
    assert.match(conf ?? '', `location ^~ ${closed} {\n    return 404;`);
  assert.ok(
    plan.endpoints.every(({ service, from }) => service !== 'etherpad' || from === 'containers'),
  );
});

test('web needs no name of it, so the page starts while it is down', async () => {
  const { plan } = await made();
  const web = plan.services.find(({ name }) => name === 'web');
  const address = plan.network.addresses.etherpad?.ipv4;
  assert.is(web?.environment.ETHERPAD_URL_BASE, `http://${address}:9001`);
  assert.not('etherpad' in (web?.dependsOn ?? {}));
});

test('documents elsewhere and in the stack do not go together', async () => {
  const settings = { ETHERPAD_PUBLIC_URL: 'https://pads.example.org/p/' };
  try {
    await made({ settings });
    throw new Error('it was not refused');
  } catch (error) {
    assert.instance(error, StackError);
    assert.is((error as StackError).problems[0]?.answer, 'settings.ETHERPAD_PUBLIC_URL');
  }
});

test.run();
