import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readCompose } from '../../src/adopt/read/compose.ts';
import { readEnvFile } from '../../src/adopt/read/env.ts';
import { composeView } from '../programs/compose.ts';
import { needs } from '../programs/needs.ts';
import { Folder } from './installations.ts';

function read(folder: Folder) {
  const env = readEnvFile(`${folder.path}/.env`, '.env') ?? new Map();
  return readCompose(folder.path, env);
}

function environmentOf(folder: Folder, service: string): Record<string, string> {
  const found = read(folder).services.get(service)?.environment ?? new Map();
  return Object.fromEntries([...found].map(([name, { value }]) => [name, value]));
}

/** Everything that people do in compose files, in one. */
const thicket = {
  '.env': 'Y=why\nHANDED=on\nTAG=stable-11031\n',
  'base/common.yml': `services:
  base:
    image: jitsi/web:\${TAG}
    env_file: ./web.env
    environment:
      FROM_BASE: 'yes'
      BOTH: base
`,
  'base/web.env': 'IN_FILE="a $Y"\nBOTH=file\n',
  'docker-compose.yml': `x-env: &common
  TZ: Europe/Berlin
  BOTH: anchor
services:
  web:
    extends: { file: base/common.yml, service: base }
    environment:
      <<: *common
      NUMBER: 40
      SURE: "true"
      TEXT: "a: b # c"
      DEFAULTED: \${NOPE:-\${Y}}
      DOLLAR: a$$b
      HANDED:
  listed:
    image: x
    network_mode: host
    env_file: [base/web.env]
    environment:
      - "A=1=2"
      - B=
      - HANDED
      - "LONG=\${Y}
        folded"
`,
  'docker-compose.override.yml': `services:
  web:
    environment: { NUMBER: 41 }
    ports: ['8443:443']
`,
};

const test = suite('adopt: compose files');

test('evidence names the file and line that somebody would change', () => {
  const folder = new Folder(thicket);
  const web = read(folder).services.get('web');
  const evidence = (name: string) => {
    const { file, line } = web?.environment.get(name)?.evidence ?? {};
    return `${file}:${line}`;
  };
  assert.is(evidence('NUMBER'), 'docker-compose.override.yml:3');
  assert.is(evidence('TZ'), 'docker-compose.yml:2', 'where it is merged from');
  assert.is(evidence('DEFAULTED'), '.env:1', 'the variable behind it');
  assert.is(evidence('HANDED'), '.env:2');
  assert.is(evidence('FROM_BASE'), 'base/common.yml:6');
  assert.is(evidence('IN_FILE'), 'base/web.env:1');
  assert.equal(web?.image?.evidence.file, '.env');
  folder.remove();
});

test('ports in all their forms', () => {
  const folder = new Folder({
    'compose.yaml': `services:
  x:
    image: y
    ports:
      - 80
      - "443:8443"
      - "127.0.0.1:8000:80/tcp"
      - "[::1]:81:80"
      - "10000:10000/udp"
      - "7000-7002:7000-7002"
      - { target: 9, published: "99", protocol: udp, host_ip: 10.0.0.1 }
      - { target: 10 }
      - nonsense
`,
  });
  const ports = read(folder)
    .services.get('x')
    ?.ports.map(
      ({ host, container, protocol, address }) =>
        `${address ?? '*'} ${host ?? '?'} ${container}/${protocol}`,
    );
  assert.equal(ports, [
    '* ? 80/tcp',
    '* 443 8443/tcp',
    '127.0.0.1 8000 80/tcp',
    '::1 81 80/tcp',
    '* 10000 10000/udp',
    '* 7000 7000/tcp',
    '10.0.0.1 99 9/udp',
    '* ? 10/tcp',
  ]);
  folder.remove();
});

test('mounts: paths, volumes, long and short; a later file replaces one target', () => {
  const folder = new Folder({
    'compose.yaml': `services:
  x:
    image: y
    volumes:
      - ./a:/config:Z
      - data:/data/
      - /anonymous
      - { type: bind, source: ../b, target: /b }
      - { type: volume, source: v, target: /v }
      - { type: tmpfs, target: /t }
`,
    'compose.override.yaml': 'services:\n  x:\n    volumes: [./other:/config]\n',
  });
  const mounts = read(folder)
    .services.get('x')
    ?.mounts.map(({ source, target, named }) => `${named ? 'volume ' : ''}${source} ${target}`);
  assert.equal(mounts, ['volume data /data', '../b /b', 'volume v /v', './other /config']);
  folder.remove();
});

test('COMPOSE_FILE decides which files are read', () => {
  const folder = new Folder({
    '.env': 'COMPOSE_FILE=one.yml:two.yml\n',
    'one.yml': 'services: { a: { image: x } }',
    'two.yml': 'services: { a: { image: y } }',
    'docker-compose.yml': 'services: { b: { image: z } }',
  });
  const { files, services } = read(folder);
  assert.equal(files, ['one.yml', 'two.yml']);
  assert.equal(
    [...services].map(([name, { image }]) => `${name} ${image?.value}`),
    ['a y'],
  );
  folder.remove();
});

for (const [what, files, pattern] of [
  ['broken YAML', { 'compose.yaml': 'services:\n  a: [\n' }, /compose\.yaml, line \d/],
  [
    'aliases that multiply',
    {
      'compose.yaml': `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefgh'
        .split('')
        .map((name, index) => {
          const under = 'abcdefgh'[index];
          return `${name}: &${name} [${Array(9).fill(`*${under}`).join(',')}]`;
        })
        .join('\n')}\nservices: {}\n`,
    },
    /compose\.yaml.*alias/i,
  ],
  [
    'a circle',
    { 'compose.yaml': 'services:\n  a: { extends: b }\n  b: { extends: a }\n' },
    /circle/,
  ],
  ['a missing file', { '.env': 'COMPOSE_FILE=gone.yml\n' }, /gone\.yml.*not there/],
] as const) {
  test(`refused with its place: ${what}`, () => {
    const folder = new Folder(files);
    assert.throws(() => read(folder), pattern);
    folder.remove();
  });
}

const real = await needs(test, 'docker-compose');

real('the environment is what Docker Compose makes of it', async () => {
  const folder = new Folder(thicket);
  const { services } = await composeView(folder.path);
  for (const service of ['web', 'listed']) {
    assert.equal(
      Object.entries(environmentOf(folder, service)).sort(),
      Object.entries(services[service]?.environment ?? {}).sort(),
      service,
    );
  }
  folder.remove();
});

test.run();
