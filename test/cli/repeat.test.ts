import { execFileSync } from 'node:child_process';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { checkAnswers } from '../../src/answers/check.ts';
import { detectHost } from '../../src/answers/detect/host.ts';
import { fillFromHost } from '../../src/answers/suggest.ts';
import { flags } from '../../src/cli/flags.ts';
import { readInvocation } from '../../src/cli/invocation.ts';
import { repeatCommand } from '../../src/cli/report/repeat.ts';
import { shellWord } from '../../src/shell-word.ts';
import { standIn } from '../answers/detect/stand-in.ts';
import { sections, server } from './stand-ins.ts';

const repeat = suite('command that repeats a run');

const stated = {
  release: 'stable-11146-2',
  domain: 'meet.example.org',
  certificates: { source: 'acme', email: 'ops@example.org' },
  auth: { mode: 'internal', guests: 'none', moderators: 'signed-in' },
  settings: { ENABLE_LOBBY: 0, TOOLBAR_BUTTONS: "it's $HOME; `id`" },
};

/** The words that a shell makes of a command. */
function shellWords(command: string): string[] {
  const print = 'for word in "$@"; do printf "%s\\0" "$word"; done';
  return execFileSync('sh', ['-c', `set -- ${command}; ${print}`], { encoding: 'utf8' })
    .split('\0')
    .slice(0, -1);
}

repeat('means the same answers on a host that suggests others', async () => {
  const here = await fillFromHost(sections, stated, detectHost(standIn(server)));
  const answers = checkAnswers(sections, here.answers, 'here');
  const [npx, name, ...words] = shellWords(repeatCommand(sections, answers, ['my meet']));
  assert.equal([npx, name, words[0]], ['npx', 'create-jitsi-stack@latest', 'my meet']);

  const invocation = readInvocation(words, flags);
  assert.ok(invocation.yes);
  const elsewhere = standIn({ interfaces: { eth0: ['192.168.1.5/24'] } });
  const there = await fillFromHost(sections, invocation.answers, detectHost(elsewhere));
  assert.equal(there.missing, []);
  assert.equal(checkAnswers(sections, there.answers, 'there'), answers);
});

repeat('the command that repeats a run leaves out what follows anyway', async () => {
  const { answers } = await fillFromHost(sections, stated, detectHost(standIn(server)));
  const command = repeatCommand(sections, checkAnswers(sections, answers, 'here'), ['.']);
  assert.not.match(command, '--turn-domain');
  assert.not.match(command, '--edge');
});

repeat('quotes for the shell only where it has to', () => {
  assert.is(shellWord('meet.example.org'), 'meet.example.org');
  assert.is(shellWord(''), "''");
  assert.is(shellWord("it's"), "'it'\\''s'");
});

repeat.run();
