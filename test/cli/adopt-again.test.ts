import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { run } from '../../src/cli/run.ts';
import { loadStages } from '../../src/cli/stages.ts';
import { Folder, upstream, usualEnv } from '../adopt/installations.ts';
import { jitsiBeside } from '../adopt/proposed.ts';
import { type Desk, desk } from './stand-ins.ts';

const test = suite<{ home: Folder }>('adopt: steps, and the same again');
test.before.each((context) => {
  context.home = new Folder();
});
test.after.each(({ home }) => home.remove());

const here = (home: Folder): Desk => ({ ...desk(home.path), stages: loadStages });

function install(home: Folder, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) home.write(`old/${path}`, text);
}

const jwt = upstream(
  `${usualEnv.replace('ENABLE_LETSENCRYPT=1', 'DISABLE_HTTPS=1')}AUTH_TYPE=hybrid_matrix_token\nRESOLUTION=480\n`,
);

for (const [what, files, words] of [
  ['a release folder', upstream(usualEnv), []],
  ['choices that equal a default', jwt, ['--auth', 'internal', '--edge', 'external']],
  [
    'a proxy in a container',
    { 'compose.yaml': jitsiBeside('', 'npm: { image: "jc21/nginx-proxy-manager:2" }') },
    [],
  ],
  [
    'variables from elsewhere',
    { ...upstream(''), '.env': '', 'values.env': usualEnv },
    ['--env-file', 'old/values.env'],
  ],
] as const) {
  test(`the command that is printed does the same again: ${what}`, async ({ home }) => {
    install(home, files);
    const place = here(home);
    assert.is(await run(['adopt', 'old', 'one', '--yes', ...words], place), 0, place.said());
    const command = /^npx \S+ (adopt .*)$/m.exec(place.printed())?.[1] ?? '';
    const again = command.split(' ').map((word) => word.replace(/^'(.*)'$/, '$1'));
    again[again.indexOf('one')] = 'two';
    const there = here(home);
    assert.is(await run(again, there), 0, there.said());
    for (const file of ['jitsi-stack.json', 'compose.yaml', '.env']) {
      const read = (stack: string) => readFileSync(join(home.path, stack, file), 'utf8');
      assert.is(read('two'), read('one'), file);
    }
  });
}

test('steps that an installation has settled are left out', async ({ home }) => {
  install(home, upstream(usualEnv));
  const titles = async (...words: string[]) => {
    const place = here(home);
    await run(['adopt', 'old', 'new', '--dry-run', '--json', ...words], place);
    const { steps } = JSON.parse(place.printed()) as { steps: { title: string }[] };
    return steps.map(({ title }) => title);
  };
  const empty = await titles();
  assert.ok(empty.includes('Add yourself'));
  assert.ok(empty.includes('Bring this folder to the server, whole'));
  assert.not.ok(empty.includes('Bring this to the server'), 'a clone has no accounts');
  const onServer = await titles('--host-here');
  assert.not.ok(onServer.some((title) => title.startsWith('Bring this')));
  home.write('old/cfg/prosody/config/data/meet%2ejitsi/accounts/ada.dat', 'return {}\n');
  assert.not.ok((await titles()).includes('Add yourself'));
});

test.run();
