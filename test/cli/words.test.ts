import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { commands } from '../../src/cli/commands/index.ts';
import { run } from '../../src/cli/run.ts';
import { chooseDirectory } from '../../src/cli/wizard/directory.ts';
import { desk, person } from './stand-ins.ts';

const words = suite('words on the command line');
let folder = '';
words.before.each(() => {
  folder = mkdtempSync(join(tmpdir(), 'words-'));
});
words.after.each(() => rmSync(folder, { recursive: true, force: true }));

async function said(...typed: string[]) {
  const there = desk(folder);
  const code = await run(typed, there);
  return { code, said: there.said(), printed: there.printed(), writes: there.writes.length };
}

words('that were meant as commands make no directory', async () => {
  for (const word of ['upgrade', 'update', 'list', 'uninstall', 'init', 'backup', 'Status']) {
    const { code, said: text, writes } = await said(word, '--yes', '--domain', 'meet.example.org');
    assert.is(code, 2, word);
    assert.match(text, `“${word}” is no command.`);
    assert.match(text.replace(/\s+/g, ' '), `npx create-jitsi-stack@latest ./${word}`);
    assert.is(writes, 0);
  }
  assert.match((await said('doctr')).said, /Did you mean doctor\?/);
  assert.match((await said('status')).said, /\.\/stack status/);
});

words('that name a directory, or look like one, are directories', async () => {
  mkdirSync(join(folder, 'update'));
  for (const word of ['update', './upgrade', 'meet', 'doctor2', 'my-list']) {
    const { code, said: text } = await said(word, '--yes', '--certificates', 'own');
    assert.is(code, 2);
    assert.match(text, /--domain NAME/, word);
  }
});

words('after help, or before --help, say what a command does', async () => {
  for (const [name, { example }] of Object.entries(commands)) {
    const { code, printed } = await said('help', name);
    assert.is(code, 0);
    assert.match(printed, `Usage: npx create-jitsi-stack@latest ${name}`);
    assert.match(printed, example);
    assert.ok(
      printed.split('\n').every((line) => line.length <= 80 || line.startsWith('Usage:')),
      name,
    );
    assert.is((await said(name, '--help')).printed, printed);
  }
  assert.match((await said('help')).printed, /^Writes a complete/);
});

words('examples of commands begin with the command', () => {
  for (const [name, { example }] of Object.entries(commands))
    assert.ok(example.startsWith(`npx create-jitsi-stack@latest ${name}`), name);
});

words('are not needed within a stack: it is found from its folders', async () => {
  mkdirSync(join(folder, 'nginx/sites'), { recursive: true });
  writeFileSync(join(folder, 'jitsi-stack.json'), '{}');
  const from = (path: string) => chooseDirectory({ words: [] }, join(folder, path), undefined);
  assert.is(await from('.'), '.');
  assert.is(await from('nginx/sites'), join('..', '..'));
});

words('typed at the prompt know the home directory', async () => {
  const { asker } = person({ 'Where should': ['~/meet'] });
  assert.is(await chooseDirectory({ words: [] }, folder, asker), join(homedir(), 'meet'));
  assert.not(existsSync(join(folder, '~')));
});

words.run();
