import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { run } from '../../src/cli/run.ts';
import { loadStages } from '../../src/cli/stages.ts';
import { desk } from './stand-ins.ts';

let folder = '';
const explain = suite('explain and drift');
explain.before.each(async () => {
  folder = mkdtempSync(join(tmpdir(), 'explain-'));
  const answers = ['--domain', 'meet.example.org', '--certificates', 'self-signed'];
  assert.is((await call('.', ...answers)).code, 0);
});
explain.after.each(() => rmSync(folder, { recursive: true }));

async function call(...words: string[]) {
  const there = { ...desk(folder), stages: loadStages };
  const code = await run([...words, '--no-git'], there);
  return { code, printed: there.printed(), said: there.said() };
}
const explained = async (path: string) =>
  JSON.parse((await call('explain', path, '--json')).printed)[0];
const edit = (path: string) =>
  writeFileSync(join(folder, path), `${readFileSync(join(folder, path), 'utf8')}\n# mine\n`);

explain('says which feature and answers made a file', async () => {
  const { printed } = await call('explain', 'coturn/turnserver.conf');
  for (const words of [
    'Managed: merged',
    'as it was generated',
    'blueprint turn-coturn',
    'turn (coturn)',
    'blueprints/turn-coturn/files/coturn/turnserver.conf.ejs',
  ])
    assert.match(printed, words);
  const compose = await explained('compose.yaml');
  assert.ok(compose.features.some(({ id }: { id: string }) => id === 'nginx'));
});

explain('explain wants a file, not the stack itself', async () => {
  const { code, said } = await call('explain', '.');
  assert.is(code, 2);
  assert.match(said, '.: This is the stack itself. Name a file');
});

explain('explain knows every kind of file', async () => {
  writeFileSync(join(folder, 'compose.override.yaml'), '{}\n');
  writeFileSync(join(folder, 'nginx/sites/blog.conf'), '');
  for (const [path, kind] of [
    ['jitsi-stack.json', 'managed'],
    ['jitsi-stack.lock', 'managed'],
    ['jitsi/web/custom-config.js', 'seeded'],
    ['.env', 'secret'],
    ['certs/privkey.pem', 'secret'],
    ['data', 'written'],
    ['data/prosody/x', 'written'],
    ['compose.override.yaml', 'unmanaged'],
    ['nginx/sites/blog.conf', 'unmanaged'],
  ])
    assert.is((await explained(path ?? '')).kind, kind, path);
});

explain('refuses what is no file and would be none', async () => {
  const { said } = await call('explain', 'nginx/nope.conf');
  assert.match(said, /nginx\/nope\.conf: There is no such file/);
});

explain('sees edits, also of what is its owner’s, and what is gone', async () => {
  edit('nginx/nginx.conf');
  edit('jitsi/web/custom-config.js');
  rmSync(join(folder, 'firewall/ports.md'));
  chmodSync(join(folder, 'stack'), 0o644);
  for (const [path, condition] of [
    ['nginx/nginx.conf', 'edited'],
    ['jitsi/web/custom-config.js', 'edited'],
    ['firewall/ports.md', 'missing'],
    ['stack', 'edited'],
    ['compose.yaml', 'as-generated'],
  ])
    assert.is((await explained(path ?? '')).condition, condition, path);
});

explain('says of the owner’s places what they are for, also of those of another edge', async () => {
  for (const [path, about] of [
    ['nginx/sites/mine.conf', 'Yours: further web sites on this server.'],
    ['haproxy/sites/mine.cfg', 'Yours: further names on port 443'],
    ['compose.override.yaml', 'Yours: services and their limits.'],
    ['jitsi/prosody/conf.d/mine.cfg.lua', 'Yours: what is added'],
  ] as const)
    assert.match((await explained(path)).what, about);
});

explain('explain refuses what is in no stack', async () => {
  const { code, said } = await call('explain', '/etc/hostname');
  assert.is(code, 2);
  assert.match(said, 'It is not in a stack');
  assert.is((await call('explain')).code, 2);
});

explain('--check names edits without failing for them', async () => {
  const clean = await call('--check', '--json');
  assert.is(clean.code, 0);
  const { drift } = JSON.parse(clean.printed);
  assert.equal([drift.edited, drift.missing, drift.answersAgree], [[], [], true]);
  edit('nginx/nginx.conf');
  edit('jitsi/web/custom-config.js');
  rmSync(join(folder, 'firewall/ports.md'));
  const { code, printed } = await call('--check');
  assert.is(code, 0);
  assert.match(printed, /Edited by you +nginx\/nginx.conf\n/);
  assert.match(printed, /Deleted by you +firewall\/ports.md\n/);
  assert.match(printed, /Answers +as they were then/);
});

explain('--check says when the answers are ahead of the files', async () => {
  const file = join(folder, 'jitsi-stack.json');
  const answers = JSON.parse(readFileSync(file, 'utf8'));
  writeFileSync(
    file,
    JSON.stringify({ ...answers, auth: { mode: 'open', strangers: true, moderators: 'first' } }),
  );
  const { code, printed } = await call('--check');
  assert.is(code, 1);
  assert.match(printed, 'changed since; the next run applies them');
});

explain('a file of a further machine is explained by that machine', async () => {
  const machines = ['--machines', 'b1:bridge:203.0.113.8:203.0.113.7'];
  const network = ['--network-exposure', 'public', '--network-public-addresses', '203.0.113.7'];
  assert.is((await call('.', ...network, ...machines)).code, 0);
  const stack = await explained('machines/b1/stack');
  assert.equal(
    stack.features.map(({ id }: { id: string }) => id),
    ['machine-bridge'],
  );
  assert.is(stack.template, 'blueprints/machine-bridge/files/stack.ejs');
  assert.is((await explained('machines/b1/jitsi/jvb/custom-jvb.conf')).kind, 'seeded');
  assert.match((await explained('machines/b1/compose.yaml')).what, 'Managed');
  writeFileSync(join(folder, 'machines/b1/.env'), '');
  assert.match((await explained('machines/b1/.env')).what, './stack up on the central machine');
});

explain.run();
