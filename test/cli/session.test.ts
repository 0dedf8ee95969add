import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { keys, openTerminal, program } from './pseudo-terminal.ts';

let folder = '';
const session = suite('session in a pseudo-terminal');
session.before.each(() => {
  folder = mkdtempSync(join(tmpdir(), 'session-'));
});
session.after.each(() => rmSync(folder, { recursive: true, force: true }));

const known = [
  '--host-here',
  ...['--network-exposure', 'public', '--network-public-addresses', '203.0.113.7'],
  ...['--network-subnet', '10.213.77.0/24', '--firewall', 'none'],
];
const git = {
  GIT_AUTHOR_NAME: 'a',
  GIT_AUTHOR_EMAIL: 'a@b.c',
  GIT_COMMITTER_NAME: 'a',
  GIT_COMMITTER_EMAIL: 'a@b.c',
};

session('somebody creates a stack, then updates it', async () => {
  const first = openTerminal([...program(), ...known], folder, git);
  await first.until('Where should the files be written?');
  first.type(`meet${keys.enter}`);
  await first.until('Which name will people type');
  first.type(`http://meet.invalid${keys.enter}`);
  await first.until('Give the bare name without');
  first.type(`\u0015meet.example.invalid${keys.enter}`);
  await first.until('Will people join');
  first.type(keys.enter);
  await first.until('Where will the HTTPS certificate come from?');
  first.type(keys.down + keys.down + keys.enter);
  await first.until('Who may open a room?');
  first.type(keys.up + keys.enter);
  await first.until('what you want?');
  first.type(`n`);
  await first.until('Who may open a room?');
  first.type(keys.enter);
  await first.until('Who else may join?');
  first.type(keys.up + keys.enter);
  await first.until('Who moderates?');
  first.type(keys.down + keys.enter);
  await first.until('The plan');
  await first.until('People meet at');
  await first.until('Write it?');
  assert.equal(readdirSync(folder), []);
  first.type(keys.enter);
  await first.until('Created meet');
  await first.until('Next steps');
  await first.until('The same again: npx create-jitsi-stack@latest DIRECTORY --yes');
  assert.is(await first.ended, 0);

  const meet = join(folder, 'meet');
  const answers = JSON.parse(readFileSync(join(meet, 'jitsi-stack.json'), 'utf8'));
  assert.is(answers.certificates.source, 'self-signed');
  assert.equal(answers.auth, { mode: 'internal', guests: 'none', moderators: 'first' });
  const log = () => execFileSync('git', ['log', '--format=%s'], { cwd: meet, encoding: 'utf8' });
  assert.is(log().trim().split('\n').length, 1);

  const again = openTerminal([...program(), 'meet'], folder, git);
  await again.until('Leave it as it is');
  again.type(keys.enter);
  await again.until('meet is up to date');
  assert.is(await again.ended, 0);

  const more = openTerminal([...program(), 'meet'], folder, git);
  await more.until('Leave it as it is');
  more.type(keys.down + keys.enter);
  await more.until('Which answer?');
  more.type('\u0003');
  assert.is(await more.ended, 130);

  const change = openTerminal([...program(), 'meet', '--turn', 'none'], folder, git);
  await change.until('A run would change');
  await change.until('Write it?');
  change.type(keys.enter);
  await change.until('Updated meet');
  assert.is(await change.ended, 0);
  assert.is(log().trim().split('\n').length, 2);
});

session('Ctrl-C leaves nothing behind, wherever it comes', async () => {
  const stops = [
    ['Where should the files', ''],
    ['Which name will people type', ''],
    ['Where will the HTTPS certificate', ''],
    ['Write it?', ''],
  ] as const;
  for (const [stop] of stops) {
    const terminal = openTerminal([...program(), ...known], folder, git);
    const steps = [
      ['Where should the files', `there${keys.enter}`],
      ['Which name will people type', `meet.example.invalid${keys.enter}`],
      ['Will people join', keys.enter],
      ['Where will the HTTPS certificate', keys.down + keys.enter],
      ['Who may open', keys.enter],
      ['Who else may join', keys.enter],
      ['Write it?', keys.enter],
    ] as const;
    for (const [question, typed] of steps) {
      await terminal.until(question);
      if (question === stop) break;
      terminal.type(typed);
    }
    terminal.type(keys.ctrlC);
    assert.is(await terminal.ended, 130, stop);
    assert.match(terminal.screen(), 'Cancelled; nothing was written.');
    assert.equal(readdirSync(folder), [], stop);
  }
});

session('NO_COLOR takes the colours out of the prompts too', async () => {
  const terminal = openTerminal(program(), folder, { NO_COLOR: '1' });
  await terminal.until('Where should the files');
  // What Enter takes is not an example.
  await terminal.until('Enter takes this folder');
  terminal.type(keys.ctrlC);
  assert.is(await terminal.ended, 130);
});

session('screen readers and dumb terminals get numbered questions in plain lines', async () => {
  const ends = [
    [{ ACCESSIBLE: '1' }, '\u0004'],
    [{ TERM: 'dumb' }, keys.ctrlC],
  ] as const;
  for (const [environment, end] of ends) {
    const terminal = openTerminal([...program(), ...known], folder, environment);
    await terminal.until('Where should the files');
    terminal.type(`there${keys.enter}`);
    await terminal.until('Which name will people type');
    terminal.type(`meet.example.invalid${keys.enter}`);
    await terminal.until('Will people join');
    terminal.type(keys.enter);
    await terminal.until('1. Let’s Encrypt');
    terminal.type(`3${keys.enter}`);
    await terminal.until('1. People with an account');
    terminal.type(end);
    assert.is(await terminal.ended, 130);
    assert.match(terminal.screen().replace(/\s+/g, ' '), '--certificates self-signed');
    assert.equal(readdirSync(folder), []);
  }
});

session('nobody is asked in CI', async () => {
  const terminal = openTerminal(program(), folder, { CI: 'true' });
  await terminal.until('--domain NAME: Missing');
  assert.is(await terminal.ended, 2);
});

session.run();
