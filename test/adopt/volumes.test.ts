import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { image } from '../../blueprints/operations/image.ts';
import { accountsInVolume } from '../../src/adopt/in-volumes.ts';
import { Folder } from './installations.ts';
import { jitsiBeside, proposed } from './proposed.ts';

const test = suite('adopt: volumes of Docker');

/** Jitsi with its accounts at a place of prosody's container, in a volume. */
function composed(tag: string, mount: string, declared = '', name = 'name: Meet Me\n'): string {
  const compose = jitsiBeside('', '', tag).replace(
    /(jitsi\/prosody:.*\n)/,
    `$1    volumes: ["accounts:${mount}"]\n`,
  );
  return `${name}${compose}volumes: { accounts: ${declared} }\n`;
}

async function leftOf(compose: string) {
  let left: readonly { what: string; command: string }[] = [];
  await proposed({ 'compose.yaml': compose }, ({ takeover }) => {
    left = takeover.left;
  });
  return left;
}

for (const [tag, mount, from] of [
  ['stable-8719', '/config', '/from/data/.'],
  ['stable-11031', '/config', '/from/data/.'],
  ['stable-11146', '/var/lib/prosody', '/from/.'],
  ['stable-11146-1@sha256:0123', '/var/lib/prosody', '/from/.'],
  ['stable-11146-2', '/var/lib/prosody', '/from/data/.'],
] as const) {
  test(`accounts of ${tag} are copied from ${from}`, async () => {
    const [accounts] = await leftOf(composed(tag, mount));
    assert.match(accounts?.command ?? '', `-v meetme_accounts:/from:ro`);
    assert.match(accounts?.command ?? '', `cp -au ${from} /to/`);
  });
}

for (const [what, declared, volume] of [
  ['its own name', '{ name: people }', 'people'],
  ['made elsewhere', '{ external: true }', 'accounts'],
  ['made elsewhere, as it was written once', '{ external: { name: old } }', 'old'],
] as const) {
  test(`a volume with ${what}`, async () => {
    const [accounts] = await leftOf(composed('stable-11031', '/config', declared));
    assert.match(accounts?.command ?? '', `-v ${volume}:/from:ro`);
  });
}

/** Runs what a command has its container do, with directories of this machine. */
function inside(command: string, from: string, to: string): void {
  const script = /-c '([^']+)'/.exec(command)?.[1] ?? '';
  const word = (path: string) => path.replaceAll(' ', '\\ ');
  const here = script.replaceAll('/from', word(from)).replaceAll('/to', word(to));
  execFileSync('sh', ['-c', here], { stdio: 'pipe' });
}

test('where no image says the release, the accounts are looked for', async () => {
  const [accounts] = await leftOf(composed('latest', '/var/lib/prosody'));
  for (const [files, expected] of [
    [['data/meet%2ejitsi/x'], ['meet%2ejitsi']],
    [['meet%2ejitsi/x'], ['meet%2ejitsi']],
  ] as const) {
    const folder = new Folder(Object.fromEntries(files.map((file) => [`from/${file}`, 'x'])));
    const to = join(folder.path, 'to');
    mkdirSync(to);
    inside(accounts?.command ?? '', join(folder.path, 'from'), to);
    assert.equal(readdirSync(to), expected);
    folder.remove();
  }
});

test('hooks in volumes are copied too, without what the images render', async () => {
  const compose = composed('stable-11031', '/config', ', page:').replace(
    /(jitsi\/web:.*\n)/,
    '$1    volumes: ["page:/config"]\n',
  );
  const left = await leftOf(compose);
  const { command = '' } = left.find(({ what }) => /configuration of your own/.test(what)) ?? {};
  const [web = '', prosody = ''] = command.split('\n');
  assert.match(web, '-v meetme_page:/from:ro -v "$PWD/jitsi/web":/to');
  assert.match(prosody, '-v meetme_accounts:/from:ro -v "$PWD/jitsi/prosody":/to');
  const folder = new Folder({
    'page/custom-config.js': 'mine',
    'page/nginx-custom/realip.conf': 'rendered',
    'page/nginx-custom/mine.conf': 'mine',
    'page/keys/cert.key': 'no hook',
    'accounts/conf.d/jitsi-meet.cfg.lua': 'rendered',
    'accounts/conf.d/mine.cfg.lua': 'mine',
    'accounts/data/x': 'no hook',
  });
  const path = (name: string) => join(folder.path, name);
  for (const name of ['to/web', 'to/prosody'])
    mkdirSync(join(folder.path, name), { recursive: true });
  inside(web, path('page'), path('to/web'));
  inside(prosody, path('accounts'), path('to/prosody'));
  const here = [
    'web/custom-config.js',
    'web/nginx-custom/mine.conf',
    'prosody/conf.d/mine.cfg.lua',
  ];
  const not = [
    'web/nginx-custom/realip.conf',
    'web/keys',
    'prosody/conf.d/jitsi-meet.cfg.lua',
    'prosody/data',
  ];
  for (const name of here) assert.ok(existsSync(join(folder.path, 'to', name)), name);
  for (const name of not) assert.not.ok(existsSync(join(folder.path, 'to', name)), name);
  folder.remove();
});

test('they are copied with an image that every stack has', () => {
  const volume = { volume: 'meet_accounts', inside: '' };
  const { command } = accountsInVolume(volume, '/config', undefined);
  assert.match(command ?? '', ` ${image.name} `);
});

test.run();
