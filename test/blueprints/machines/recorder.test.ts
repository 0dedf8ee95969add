import { existsSync, mkdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { composeView } from '../../programs/compose.ts';
import { needs } from '../../programs/needs.ts';
import { nftCheck } from '../../programs/nft.ts';
import { shellCheck } from '../../programs/shell.ts';
import { type Folder, folderOf, running } from './folder.ts';

const test = suite<{ place: Folder }>('a recorder, on its own machine');
const open = await folderOf('r1:recorder:203.0.113.9:203.0.113.7:7');

test.before.each((context) => {
  const place = open();
  writeFileSync(
    join(place.path, '.env'),
    'JIBRI_XMPP_PASSWORD=one\nJIBRI_RECORDER_PASSWORD=two\n',
    {
      mode: 0o600,
    },
  );
  writeFileSync(join(place.path, 'jitsi/jibri/trust.jks'), 'a store');
  running(place, 'jibri');
  answers(place, 'IDLE');
  place.say('log', 'Joined MUC: jibribrewery@internal-muc.meet.jitsi\n');
  context.place = place;
});
test.after.each(({ place }) => place.remove());

/** What the recorder's API says, each time the next of these and then the last; nothing is recorded once it was told to stop. */
function answers({ say, fake }: Folder, ...states: string[]) {
  say('states', `${states.join('\n')}\n`);
  say(
    'api',
    `case $* in *stopService*) echo IDLE >'${fake}/states' ;; esac
state=$(head -n 1 '${fake}/states')
[ "$(wc -l <'${fake}/states')" -eq 1 ] || sed -i 1d '${fake}/states'
echo "{\\"status\\":{\\"busyStatus\\":\\"$state\\",\\"health\\":{\\"healthStatus\\":\\"HEALTHY\\"}}}"
`,
  );
}

test('up makes the folder for recordings, and is done when the recorder has signed in', ({
  place,
}) => {
  const { code, err } = place.run('up');
  assert.is(code, 0, err);
  assert.match(err, 'r1 has signed in');
  const { mode, uid } = statSync(join(place.path, 'data/recordings'));
  assert.is(mode & 0o777, 0o700);
  if (process.getuid?.() === 0) assert.is(uid, 1000);
  assert.match(err, /A line for root's crontab: 20 \* \* \* \* .*recordings tidy/);
});

test('healthy is not enough: what it said last counts', ({ place }) => {
  for (const [said, why] of [
    ['Joined MUC: a\nClosed on error: x\nPKIX path building failed', /another certificate than/],
    ['SASLError using SCRAM-SHA-1: not-authorized', /does not take the password/],
    ['Joined MUC: a\nPing failed, the XMPP connection needs to reconnect.', /Nothing answers at/],
  ] as const) {
    place.say('log', `${said}\n`);
    const { code, err } = place.run('up');
    assert.is(code, 1);
    assert.match(err, why);
    assert.match(place.run('status').out, 'signed in   no');
  }
});

test('a recording that runs is waited for', ({ place }) => {
  answers(place, 'BUSY', 'BUSY', 'IDLE');
  const { code, err } = place.run('up');
  assert.is(code, 0, err);
  assert.match(err, 'Waiting until that is over');
  assert.not.match(place.calls(), 'stopService');
  assert.match(place.calls(), /health\n(.*\n)*compose up/);
});

test('--now ends it, so that it is finished, before anything stops', ({ place }) => {
  for (const verb of ['up', 'down']) {
    answers(place, 'BUSY');
    place.say('calls', '');
    assert.is(place.run(verb, '--now').code, 0);
    assert.match(place.calls(), new RegExp(`stopService\n(.*\n)*compose ${verb} `));
  }
});

test('status says whether it records, and what room there is', ({ place }) => {
  place.run('up');
  answers(place, 'BUSY');
  const { out } = place.run('status');
  assert.match(out, /^recording {3}yes$/m);
  assert.match(out, /^recordings {2}\d+ GB free$/m);
});

test('recordings are listed, and deleted after the days of this machine', ({ place }) => {
  const folder = (name: string) => join(place.path, 'data/recordings', name);
  const record = (name: string, days: number) => {
    mkdirSync(folder(name), { recursive: true });
    writeFileSync(join(folder(name), 'meeting.mp4'), 'a film');
    const then = new Date(Date.now() - days * 24 * 3_600_000);
    utimesSync(folder(name), then, then);
  };
  record('old', 8);
  record('new', 6);
  const { out, err } = place.run('recordings');
  assert.match(out, 'old/meeting.mp4');
  assert.match(err, 'Each is deleted after 7 days');
  place.run('recordings', 'tidy');
  assert.not.ok(existsSync(folder('old')));
  assert.ok(existsSync(folder('new')));
});

test('without a password or the certificate it says where they come from', ({ place }) => {
  writeFileSync(join(place.path, '.env'), 'JIBRI_XMPP_PASSWORD=one\n');
  const { code, err } = place.run('up');
  assert.is(code, 1);
  assert.match(err, './stack up on the central machine puts both into machines/r1');
});

test('help names every verb, and others are refused', ({ place }) => {
  const { out } = place.run('help');
  for (const verb of ['up', 'down', 'status', 'logs', 'recordings', 'pull', 'firewall'])
    assert.match(out, new RegExp(`^  ${verb} `, 'm'));
  assert.is(place.run('drain').code, 2);
  assert.is(place.run('down', '--quick').code, 2);
});

(await needs(test, 'shellcheck'))(
  'the shell and shellcheck take its scripts',
  async ({ place }) => {
    for (const script of ['stack', 'jitsi/jibri/finalize.sh']) {
      const { ok, output } = await shellCheck(place.path, script);
      assert.ok(ok, output);
    }
  },
);

(await needs(test, 'nft'))('nft takes its rules', async ({ place }) => {
  const { ok, output } = await nftCheck(join(place.path, 'firewall'), 'nftables.nft');
  assert.ok(ok, output);
});

(await needs(test, 'docker-compose'))(
  'Docker Compose takes its file, and publishes nothing',
  async ({ place }) => {
    const { services } = await composeView(place.path);
    assert.equal(Object.keys(services), ['jibri']);
    assert.equal(services.jibri?.ports ?? [], []);
    assert.is(services.jibri?.environment?.JIBRI_RECORDER_PASSWORD, 'two');
    assert.is(services.jibri?.environment?.XMPP_TRUST_ALL_CERTS, '0');
  },
);

test.run();
