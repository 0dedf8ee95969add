import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readCompose } from '../../src/adopt/read/compose.ts';
import { readEnvFile } from '../../src/adopt/read/env.ts';
import { composeView } from '../programs/compose.ts';
import { needs } from '../programs/needs.ts';
import { Folder } from './installations.ts';
import { proposed } from './proposed.ts';

const test = suite('adopt: include');

/** A homelab's root file, as people have it since Compose can include. */
const homelab = {
  '.env': 'TZ=Europe/Vienna\nBOTH=root\n',
  'compose.yaml': `include:
  - proxy/compose.yaml
  - path: [jitsi/compose.yaml, jitsi/more.yaml]
    project_directory: jitsi
    env_file: [jitsi/one.env, jitsi/two.env]
  - photos/compose.yaml
`,
  'proxy/compose.yaml': 'services: { caddy: { image: "caddy:2", ports: ["443:443"] } }\n',
  'photos/.env': 'PHOTOS=own\nENABLE_AUTH=0\n',
  'photos/compose.yaml': `services:
  photos: { image: photoprism/photoprism, environment: [PHOTOS, TZ, "ROOM=\${ROOM:-none}"] }
`,
  'jitsi/one.env': 'TAG=stable-10741\nROOM=one\nENABLE_AUTH=1\nBOTH=jitsi\n',
  'jitsi/two.env': 'ROOM=two\nJVB_AUTH_PASSWORD=fedcba9876543210fedcba9876543210\n',
  'jitsi/own.env': 'GIVEN=yes\n',
  'jitsi/compose.yaml': `services:
  jitsi-web:
    image: jitsi/web:\${TAG}
    env_file: own.env
    environment: [ENABLE_AUTH, TZ, BOTH, ROOM, PUBLIC_URL=https://meet.example.org]
    volumes: ["./data/web:/config"]
  jitsi-prosody:
    image: jitsi/prosody:\${TAG}
    environment: [ENABLE_AUTH, JVB_AUTH_PASSWORD, JICOFO_AUTH_PASSWORD=0123456789abcdef]
    volumes: ["./data/prosody:/config"]
  jitsi-jicofo:
    image: jitsi/jicofo:\${TAG}
    environment: [ENABLE_AUTH, JICOFO_AUTH_PASSWORD=0123456789abcdef]
`,
  'jitsi/more.yaml': 'services: { jitsi-web: { environment: { MORE: here } } }\n',
  'jitsi/data/prosody/data/meet%2ejitsi/accounts/anna.dat': 'return {}\n',
};

test('an included project is read with its own directory and variables', async () => {
  await proposed(homelab, ({ answers, inferred, secrets, takeover, settings }, { envFiles }) => {
    assert.is(answers.domain, 'meet.example.org');
    assert.is(answers.release, 'stable-10741');
    assert.equal(answers.auth, { mode: 'internal', guests: 'none' });
    const edge = inferred.find(({ answer }) => answer === 'edge.proxy');
    assert.match(edge?.why ?? '', 'caddy');
    assert.is(edge?.evidence[0]?.file, 'proxy/compose.yaml');
    assert.equal([...secrets.keys()].sort(), ['JICOFO_AUTH_PASSWORD', 'JVB_AUTH_PASSWORD']);
    assert.equal(takeover.accounts, { 'meet.jitsi': 1 });
    assert.not.ok(settings.has('PHOTOS'), 'variables of a neighbour are nobody’s here');
    assert.equal(envFiles, ['.env', 'jitsi/one.env', 'jitsi/two.env']);
    const release = inferred.find(({ answer }) => answer === 'release');
    assert.equal(release?.evidence, [{ file: 'jitsi/one.env', line: 1, key: 'TAG' }]);
  });
});

test('a line that is commented out counts in an included project too', async () => {
  const files = {
    ...homelab,
    'jitsi/one.env': 'TAG=stable-10741\n#ENABLE_AUTH=1\n',
  };
  await proposed(files, ({ answers }) => assert.equal(answers.auth, { mode: 'open' }));
});

for (const [what, include, pattern] of [
  [
    'a file that is gone',
    '[jitsi/compose.yaml]',
    /jitsi\/compose\.yaml: This compose file is named/,
  ],
  ['a circle', '[compose.yaml]', /include.* circle/],
] as const) {
  test(`refused with its place: ${what}`, () => {
    const folder = new Folder({ 'compose.yaml': `include: ${include}\n` });
    assert.throws(() => readCompose(folder.path, new Map()), pattern);
    folder.remove();
  });
}

test('what is fetched from elsewhere is named, and not read', () => {
  const url = 'https://example.org/jitsi.git';
  const folder = new Folder({ 'compose.yaml': `include: ["${url}", "oci://example.org/x"]\n` });
  const { skipped } = readCompose(folder.path, new Map());
  assert.equal(
    skipped.map(({ where, what }) => `${where}: ${what.split(' ')[0]}`),
    [`compose.yaml: ${url}`, 'compose.yaml: oci://example.org/x'],
  );
  folder.remove();
});

const real = await needs(test, 'docker-compose');

real('the environment is what Docker Compose makes of it', async () => {
  const folder = new Folder(homelab);
  const env = readEnvFile(`${folder.path}/.env`, '.env') ?? new Map();
  const { services } = readCompose(folder.path, env);
  const view = await composeView(folder.path);
  for (const [name, { environment }] of services) {
    assert.equal(
      [...environment].map(([key, { value }]) => [key, value]).sort(),
      Object.entries(view.services[name]?.environment ?? {}).sort(),
      name,
    );
  }
  assert.equal([...services.keys()].sort(), Object.keys(view.services).sort());
  folder.remove();
});

test.run();
