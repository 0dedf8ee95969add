import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { run } from '../../src/cli/run.ts';
import { loadStages } from '../../src/cli/stages.ts';
import { planOf } from '../matrix/stack.ts';
import { desk } from './stand-ins.ts';

let folder = '';
const settings = suite('settings');
settings.before.each(() => {
  folder = mkdtempSync(join(tmpdir(), 'settings-'));
});
settings.after.each(() => rmSync(folder, { recursive: true }));

const answers = {
  domain: 'meet.example.org',
  network: { publicAddresses: ['203.0.113.7'] },
  certificates: { source: 'self-signed' },
  host: { memory: 4096, timezone: 'UTC' },
};

async function call(...words: string[]) {
  const there = { ...desk(folder), stages: loadStages };
  const code = await run(['settings', ...words], there);
  return { code, printed: there.printed(), said: there.said().replace(/\s+/g, ' ') };
}

async function listed(): Promise<{ name: string; value?: unknown }[]> {
  return JSON.parse((await call('--json')).printed);
}

settings('are found by a word of their name or of what they do', async () => {
  const { printed } = await call('mute');
  assert.match(
    printed,
    'START_AUDIO_MUTED  (usually 10)\n    From this person on, microphones are',
  );
  assert.match(printed, 'ENABLE_TALK_WHILE_MUTED  (true or false, usually off)');
  assert.not.match(printed, 'ENABLE_LOBBY');
});

settings('without a word are those with a sentence, and a count of the others', async () => {
  const { printed } = await call();
  assert.match(printed, 'MAX_PARTICIPANTS\n    Most people in a room');
  assert.match(printed.replace(/\s+/g, ' '), /\d+ more of stable-11146-2 have no description/);
});

settings(
  'leave out what the answers or no setting may decide, and say why when asked',
  async () => {
    writeFileSync(join(folder, 'jitsi-stack.json'), JSON.stringify(answers));
    const names = (await listed()).map(({ name }) => name);
    for (const name of ['JVB_PORT', 'ENABLE_AUTH', 'PUBLIC_URL', 'JVB_AUTH_PASSWORD'])
      assert.not.ok(names.includes(name), name);
    const decided = await call('JVB_PORT');
    assert.is(decided.code, 2);
    assert.match(decided.said, 'JVB_PORT of “jvb” follows from other answers');
    assert.match((await call('ENABLE_AUTH')).said, 'decides who may open a room');
  },
);

settings('a misspelt one leads to the nearest', async () => {
  const { code, said } = await call('loby');
  assert.is(code, 2);
  assert.match(said, 'Did you mean LOBBY?');
});

settings('show what the stack here has', async () => {
  writeFileSync(
    join(folder, 'jitsi-stack.json'),
    JSON.stringify({ ...answers, settings: { MAX_PARTICIPANTS: 12 } }),
  );
  assert.match((await call('PARTICIPANTS')).printed, 'MAX_PARTICIPANTS  (here 12)');
});

settings('that are listed for a stack are accepted in it', async () => {
  writeFileSync(join(folder, 'jitsi-stack.json'), JSON.stringify(answers));
  const rows: { name: string; kind: string; default?: string }[] = JSON.parse(
    (await call('--json')).printed,
  );
  assert.ok(rows.length > 100);
  const values = rows.map(({ name, kind, default: value = '1' }) => [
    name,
    kind === 'text' ? value : false,
  ]);
  await planOf({ ...answers, settings: Object.fromEntries(values) });
});

settings.run();
