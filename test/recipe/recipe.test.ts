import { execFileSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { features } from './features.ts';

const recipe = suite('the recipe of docs/blueprints.md');
const checkout = join(import.meta.dirname, '../..');
const root = mkdtempSync(join(tmpdir(), 'recipe-'));
recipe.after(() => rmSync(root, { recursive: true }));

/** What a checkout is made of, without the golden trees. */
const tracked = execFileSync('git', ['ls-files', '-z'], { cwd: checkout, encoding: 'utf8' })
  .split('\0')
  .filter((path) => path !== '' && !/^(test\/golden\/.*\/stack|docs\/images)\//.test(path));

const node = (...args: string[]) =>
  execFileSync('node', args, {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, PROJEN_DISABLE_POST: 'true' },
  });

/** The answers that choose all of them, and what the stack is then. */
const generate = `
const { renderedOf } = await import('./test/matrix/stack.ts');
const { files } = await renderedOf({
  domain: 'meet.example.org',
  network: { exposure: 'nat', publicAddresses: ['198.51.100.7'], lanAddresses: ['192.168.10.20'] },
  edge: { proxy: 'caddy' },
  certificates: { source: 'own' },
  turn: { mode: 'eturnal' },
  auth: { mode: 'open', strangers: true, moderators: 'first' },
  extras: ['etherpad'],
  etherpad: { title: 'Minutes' },
  firewall: ['draytek'],
  draytek: { wan: 'sfp1' },
});
console.log(JSON.stringify(Object.fromEntries(files.map(({ path, text }) => [path, text]))));
`;

recipe(
  'a firewall, an extra with a service, a relay and an edge come by their folders alone',
  () => {
    for (const path of tracked) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      cpSync(join(checkout, path), join(root, path));
    }
    symlinkSync(join(checkout, 'node_modules'), join(root, 'node_modules'));
    for (const [path, text] of Object.entries(features)) {
      mkdirSync(dirname(join(root, 'blueprints', path)), { recursive: true });
      writeFileSync(join(root, 'blueprints', path), text);
    }
    node('node_modules/tsx/dist/cli.mjs', '.projenrc.ts');
    const changed = tracked.filter(
      (path) =>
        // projen finds biome's schema only where node_modules is no link.
        path !== 'biome.jsonc' &&
        !readFileSync(join(root, path)).equals(readFileSync(join(checkout, path))),
    );
    assert.equal(changed, ['blueprints/index.ts', 'docs/answers.md']);
    node('node_modules/typescript/bin/tsc', '--noEmit');

    writeFileSync(join(root, 'generate.mts'), generate);
    const files = JSON.parse(node('node_modules/tsx/dist/cli.mjs', 'generate.mts'));
    assert.match(files['firewall/draytek.rsc'], 'in-interface=sfp1 protocol=tcp dst-port=443\n');
    assert.match(files['eturnal/eturnal.yml'], 'realm: meet.example.org');
    assert.match(files['caddy/Caddyfile'], 'meet.example.org {');
    assert.match(files['compose.yaml'], 'image: caddy:2.10.0');
    assert.match(files['firewall/ports.md'], '`3478/udp`');
    assert.match(files['compose.yaml'], 'image: etherpad/etherpad:2.5.0');
    assert.match(files['compose.yaml'], 'ETHERPAD_PUBLIC_URL: https://meet.example.org/pads/p/');
    assert.match(files['compose.yaml'], 'TITLE: Minutes');
    assert.match(files['jitsi-stack.json'], '"extras": [\n    "etherpad"\n  ],\n  "etherpad": {');
    // operations goes by what they declare.
    assert.match(files.stack, 'reloadable=caddy\ncertified=eturnal\n');
    assert.match(files.stack, /^owners=.*eturnal\/own/m);
  },
);

recipe.run();
