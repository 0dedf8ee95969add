import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { problems as restic } from '../../../blueprints/backup-restic/check.ts';
import { problems as rsync } from '../../../blueprints/backup-rsync/check.ts';
import { planOf } from '../../matrix/stack.ts';

const test = suite('backup: answers');
const age = 'age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p';
const common = { domain: 'meet.example.org', certificates: { source: 'self-signed' } };

for (const [place, good] of [
  ['backup@nas.example.org:meet', true],
  ['nas:', true],
  ['nas:/srv/copies', true],
  ['/mnt/disk', true],
  ['copies', false],
  ['nas::module', false],
  ['rsync://nas/module', false],
  ['-e sh:x', false],
  ['-oProxyCommand=x:y', false],
  ['nas:a b', false],
  ["nas:'x'", false],
  ['nas:$(x)', false],
  ['', false],
] as const) {
  test(`rsync: ${JSON.stringify(place)} is ${good ? 'a' : 'no'} place`, () => {
    assert.is(rsync({ place, at: '03:30' }).length, good ? 0 : 1);
  });
}

test('restic: over SSH or in a folder', () => {
  for (const place of ['sftp:backup@nas.example.org:meet', 'sftp:nas:/srv/repo', '/mnt/disk/repo'])
    assert.equal(restic({ place, at: '00:00' }), []);
  for (const place of ['s3:example.org/bucket', 'sftp:nas', 'repo', '', '-x', 'sftp:-oX=y:z z'])
    assert.is(restic({ place, at: '00:00' }).length, 1, place);
});

test('a time is hours and minutes', () => {
  for (const at of ['24:00', '3:30', '03:60', '03:30:00', 'night', '03:30\n'])
    assert.is(rsync({ place: 'nas:x', at }).length + restic({ place: '/x', at }).length, 2, at);
});

test('a key is a public one, and a private one is not repeated', () => {
  const ssh = `ssh-ed25519 ${'A'.repeat(68)} ops@example.org`;
  for (const key of [age, ssh, 'A1'.repeat(20), ''])
    assert.equal(rsync({ place: 'nas:x', at: '03:30', key }), [], key);
  const secret = `AGE-SECRET-KEY-1${'Q'.repeat(58)}`;
  for (const key of [
    secret,
    age.slice(1),
    `${age} `,
    'ops@example.org',
    'A1'.repeat(19),
    '--help',
  ]) {
    const [problem] = rsync({ place: 'nas:x', at: '03:30', key });
    assert.is(problem?.answer, 'backup.key', key);
    assert.not.match(JSON.stringify(problem), secret);
  }
});

test('copies that are not encrypted come with a warning, and restic with its secret', async () => {
  const network = { exposure: 'public', publicAddresses: ['198.51.100.7'] };
  const plan = (backup: Record<string, unknown>) => planOf({ ...common, network, backup });
  const warns = (notes: readonly { readonly text: string }[]) =>
    notes.some(({ text }) => text.includes('are not encrypted'));
  assert.ok(warns((await plan({ to: 'rsync', place: 'nas:x' })).notes));
  assert.not.ok(warns((await plan({ to: 'rsync', place: 'nas:x', key: age })).notes));
  const repository = await plan({ to: 'restic', place: '/mnt/repo' });
  assert.not.ok(warns(repository.notes));
  assert.ok(repository.secrets.some(({ name }) => name === 'RESTIC_PASSWORD'));
  assert.is((await plan({ to: 'none' })).copies, undefined);
});

test.run();
