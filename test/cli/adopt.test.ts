import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { run } from '../../src/cli/run.ts';
import { loadStages } from '../../src/cli/stages.ts';
import { loadRelease } from '../../src/releases/index.ts';
import { Folder, issuedPair, upstream, usualEnv } from '../adopt/installations.ts';
import { needs } from '../programs/needs.ts';
import { type Desk, desk, person, type Session } from './stand-ins.ts';

const test = suite<{ home: Folder }>('adopt');
test.before.each((context) => {
  context.home = new Folder();
});
test.after.each(({ home }) => home.remove());

const ada = 'prosody/config/data/meet%2ejitsi/accounts/ada.dat';

/** An old installation in `old/`, with an account, a hook and its CONFIG beside it. */
function install(home: Folder, lines = '', tag?: string): void {
  const files = upstream(`${usualEnv.replace('./cfg', '../cfg')}${lines}\n`, tag);
  for (const [path, text] of Object.entries(files)) home.write(`old/${path}`, text);
  home.write(`cfg/${ada}`, 'return {}\n');
  home.write('cfg/web/custom-config.js', 'config.mine = 1;\n');
}

/** The real stages, on a host that is always the same. */
function here(home: Folder, session?: Session): Desk {
  const surroundings = desk(home.path, session ? { session } : {});
  return { ...surroundings, stages: loadStages };
}

function git(directory: string, ...words: string[]): string {
  const who = ['-c', 'user.name=a', '-c', 'user.email=a@b.c'];
  return execFileSync('git', [...who, ...words], { cwd: directory, encoding: 'utf8' });
}

const read = (home: Folder, path: string) => readFileSync(join(home.path, path), 'utf8');

/** Every file below but git's own with its text, to see that nothing changed. */
function everything(directory: string): Record<string, string> {
  const files = readdirSync(directory, { recursive: true, withFileTypes: true });
  return Object.fromEntries(
    files
      .filter((file) => file.isFile())
      .map((file) => join(file.parentPath ?? file.path, file.name))
      .filter((path) => !path.includes('/.git/'))
      .map((path) => [path, readFileSync(path, 'latin1')]),
  );
}

test('a release folder becomes a stack beside it, and stays as it is', async ({ home }) => {
  install(home);
  const before = { ...everything(join(home.path, 'old')), ...everything(join(home.path, 'cfg')) };
  const place = here(home);
  assert.is(await run(['adopt', 'old', '--yes'], place), 0, place.said());
  const after = { ...everything(join(home.path, 'old')), ...everything(join(home.path, 'cfg')) };
  assert.equal(after, before);

  const answers = JSON.parse(read(home, 'meet/jitsi-stack.json'));
  assert.is(answers.release, 'stable-11031');
  assert.equal(answers.settings, { ENABLE_COLIBRI_WEBSOCKET: false, MAX_PARTICIPANTS: 40 });
  const env = read(home, 'meet/.env');
  assert.match(env, 'JICOFO_AUTH_PASSWORD=0123456789abcdef0123456789abcdef\n');
  assert.match(env, 'JIBRI_XMPP_PASSWORD=00112233445566778899aabbccddeeff\n');
  assert.is(statSync(join(home.path, 'meet/.env')).mode & 0o777, 0o600);
  assert.is(read(home, `meet/data/prosody/data/meet%2ejitsi/accounts/ada.dat`), 'return {}\n');
  assert.is(read(home, 'meet/jitsi/web/custom-config.js'), 'config.mine = 1;\n');
  assert.is(git(join(home.path, 'meet'), 'status', '--porcelain'), '');
  assert.equal(git(join(home.path, 'meet'), 'log', '--format=%s').trim().split('\n').length, 2);
});

test('evidence, steps and what is left are said; secrets are not', async ({ home }) => {
  install(home, 'MY_OWN=1\nENABLE_RECORDING=1\nJVB_PORT=10000');
  const place = here(home);
  await run(['adopt', 'old', '--yes'], place);
  assert.match(place.said(), /domain: meet\.example\.org .* \(\.env, line 6\)/);
  const printed = place.printed();
  const line = usualEnv.split('\n').length;
  assert.match(printed, new RegExp(`MY_OWN = 1\\n +\\.env, line ${line}: No image`));
  assert.match(printed, /ENABLE_RECORDING = true\n[^=]*needs\s+the\s+service\s+jibri/);
  assert.not.match(printed, 'JVB_PORT', 'the stack has the same port by itself');
  assert.match(printed, /Stop the old installation.*docker compose down.*Start it/s);
  assert.match(printed, '--release stable-11146-2');
  const all = `${printed}${place.said()}`;
  for (const secret of ['0123456789abcdef', 'fedcba9876543210', '00112233445566778899']) {
    assert.not.match(all, secret);
  }
});

test('what has no place here is not among the settings that come along', async ({ home }) => {
  install(home, 'JIGASI_PORT_MIN=20000\nENABLE_RECORDING=1');
  const place = here(home);
  await run(['adopt', 'old', '--yes', '--dry-run'], place);
  const said = `${place.said()}${place.printed()}`;
  const [, taken = ''] = /Settings taken over\n([\s\S]*?)\n\n/.exec(said) ?? [];
  assert.match(taken, /settings\.MAX_PARTICIPANTS: 40 .* \.env, line \d+/);
  assert.not.match(taken, /JIGASI|RECORDING/);
  assert.match(said, /Not taken over\n[\s\S]*JIGASI_PORT_MIN = 20000\n/);
  assert.is(said.split('JIGASI_PORT_MIN = ').length, 2);
  assert.not.match(said, 'settings.JIGASI_PORT_MIN');
  const data = here(home);
  await run(['adopt', 'old', '--yes', '--dry-run', '--json'], data);
  const { settings } = JSON.parse(data.printed()).adoption;
  assert.equal(Object.keys(settings), ['ENABLE_COLIBRI_WEBSOCKET', 'MAX_PARTICIPANTS']);
});

test('a virtual host of another name stays, and the edge asks for it', async ({ home }) => {
  install(home, 'XMPP_DOMAIN=chat.example.org');
  assert.is(await run(['adopt', 'old', '--yes'], here(home)), 0);
  const { settings } = JSON.parse(read(home, 'meet/jitsi-stack.json'));
  assert.is(settings.XMPP_DOMAIN, 'chat.example.org');
  for (const file of ['websocket.conf', 'bosh.conf', 'proxy.conf', '../meet.conf']) {
    assert.not.match(read(home, `meet/nginx/includes/${file}`), /Host .*meet\.jitsi/, file);
  }
  assert.match(read(home, 'meet/nginx/meet.conf'), 'chat.example.org');
});

for (const tag of ['stable-9823', 'stable-11031', 'stable-11146-2']) {
  test(`nothing is dropped silently: every variable of ${tag}`, async ({ home }) => {
    const { services } = await loadRelease(tag);
    const names = new Map<string, string>();
    for (const { variables, unread } of Object.values(services)) {
      for (const name of unread) names.set(name, 'x7');
      for (const [name, { kind }] of variables) {
        names.set(name, kind === 'switch' ? '1' : kind === 'word' ? 'true' : 'x7');
      }
    }
    for (const line of usualEnv.split('\n')) names.delete(line.split('=')[0] ?? '');
    install(home, [...names].map((pair) => pair.join('=')).join('\n'), tag);
    const place = here(home);
    const said = ['--edge', 'nginx', '--turn', 'none', '--certificates', 'self-signed'];
    assert.is(await run(['adopt', 'old', '--dry-run', '--json', ...said], place), 0, place.said());
    const { adoption, plan } = JSON.parse(place.printed());
    const named = new Set<string>([
      ...adoption.unplaced.map(({ name }: { name: string }) => name),
      ...adoption.secrets,
      ...adoption.inferred.flatMap(({ evidence }: { evidence: { key: string }[] }) =>
        evidence.map(({ key }) => key),
      ),
      ...Object.keys(plan.answers.settings),
      // Every edge redirects.
      'ENABLE_HTTP_REDIRECT',
    ]);
    const same = ([name, value]: [string, string]) =>
      plan.services.some(
        ({ environment }: { environment: Record<string, unknown> }) => environment[name] === value,
      );
    assert.ok(names.size > 400);
    assert.equal(
      [...names].filter((pair) => !named.has(pair[0]) && !same(pair)),
      [],
    );
  });
}

test('--dry-run and --json write nothing and leave no secret in the output', async ({ home }) => {
  install(home);
  const place = here(home);
  assert.is(await run(['adopt', 'old', '--dry-run', '--json'], place), 0, place.said());
  assert.not.ok(existsSync(join(home.path, 'meet')));
  const { adoption, steps } = JSON.parse(place.printed());
  assert.equal(
    [adoption.kind, adoption.inPlace, adoption.accounts],
    ['upstream', false, { 'meet.jitsi': 1 }],
  );
  assert.ok(steps.some(({ title }: { title: string }) => title === 'Stop the old installation'));
  assert.not.match(place.printed(), '0123456789abcdef');
});

test('run again it changes nothing; killed before the data, it brings the data', async ({
  home,
}) => {
  install(home);
  await run(['adopt', 'old', 'meet', '--yes'], here(home));
  const before = everything(join(home.path, 'meet'));
  const again = here(home);
  assert.is(await run(['adopt', 'old', 'meet', '--yes'], again), 0, again.said());
  assert.equal(Object.keys(everything(join(home.path, 'meet'))), Object.keys(before));
  execFileSync('rm', ['-r', join(home.path, 'meet/data'), join(home.path, 'meet/.env')]);
  writeFileSync(
    join(home.path, 'meet/jitsi/web/custom-config.js'),
    before[join(home.path, 'meet/jitsi/web/custom-config.js')] ?? '',
  );
  assert.is(await run(['adopt', 'old', 'meet', '--yes'], here(home)), 0);
  assert.match(read(home, 'meet/.env'), 'JVB_AUTH_PASSWORD=fedcba9876543210fedcba9876543210');
  assert.ok(existsSync(join(home.path, 'meet/data/prosody/data/meet%2ejitsi/accounts/ada.dat')));
});

test('a stack with passwords of its own is refused', async ({ home }) => {
  install(home);
  home.write('meet/.env', 'JVB_AUTH_PASSWORD=another\n');
  const place = here(home);
  assert.is(await run(['adopt', 'old', 'meet', '--yes'], place), 2);
  assert.match(place.said(), /JVB_AUTH_PASSWORD has another value/);
  assert.equal(readdirSync(join(home.path, 'meet')), ['.env']);
});

test('docker-jitsi-meet’s own folder is no place for a stack', async ({ home }) => {
  install(home);
  const before = everything(home.path);
  for (const inside of ['old', 'old/meet']) {
    const place = here(home);
    assert.is(await run(['adopt', 'old', inside, '--yes'], place), 2);
    assert.match(place.said().replace(/\s+/g, ' '), 'npx create-jitsi-stack@latest adopt old meet');
  }
  assert.equal(everything(home.path), before);
});

test('who may open a room is never guessed: it has to be said', async ({ home }) => {
  install(home, 'AUTH_TYPE=hybrid_matrix_token');
  const place = here(home);
  assert.is(await run(['adopt', 'old', '--yes'], place), 2);
  assert.match(place.said().replace(/\s+/g, ' '), /auth\.mode: .*hybrid_matrix_token.* --auth/);
  assert.not.ok(existsSync(join(home.path, 'meet')));
  assert.is(await run(['adopt', 'old', '--yes', '--auth', 'internal'], here(home)), 0);
});

test('what was found is shown before it is refused, as text and as data', async ({ home }) => {
  install(
    home,
    'AUTH_TYPE=hybrid_matrix_token\nJWT_APP_ID=ours\nJWT_APP_SECRET=hunter2hunter2hunter2',
  );
  const place = here(home);
  assert.is(await run(['adopt', 'old', '--yes'], place), 2);
  const said = place.said();
  assert.ok(
    said.indexOf('domain: meet.example.org') < said.indexOf('auth.mode: It logs people in'),
  );
  assert.match(said, /Not taken over\n[^✗]*JWT_APP_ID = ours/);
  assert.is(await run(['adopt', 'old', '--json'], place), 2);
  const { problems, adoption } = JSON.parse(place.printed());
  assert.is(problems[0].where, 'auth.mode');
  assert.ok(adoption.inferred.some(({ answer }: { answer: string }) => answer === 'domain'));
  assert.ok(adoption.secrets.includes('JWT_APP_SECRET'));
  assert.not.match(place.printed() + said, 'hunter2');
});

/** A secured site whose values Compose is given by `--env-file`. */
function installElsewhere(home: Folder): void {
  install(home, '');
  rmSync(join(home.path, 'old/.env'));
  home.write('values.env', usualEnv);
  home.write('old/cfg/prosody/config/data/meet%2ejitsi/accounts/anna.dat', 'return {}\n');
  home.write(
    'old/docker-compose.override.yml',
    'services: { prosody: { volumes: ["./cfg/prosody/config:/config"] } }\n',
  );
}

test('a secured site does not become open because its values are elsewhere', async ({ home }) => {
  installElsewhere(home);
  const place = here(home);
  assert.is(await run(['adopt', 'old', '--yes', '--domain', 'meet.example.org'], place), 2);
  const said = place.said().replace(/\s+/g, ' ');
  assert.match(
    said,
    /auth\.mode: ENABLE_AUTH is handed on to prosody, but no value is in these files/,
  );
  assert.match(said, /JICOFO_AUTH_PASSWORD and JVB_AUTH_PASSWORD are handed on/);
  assert.not.ok(existsSync(join(home.path, 'meet')));

  const again = here(home);
  const told = ['adopt', 'old', '--yes', '--env-file', 'values.env'];
  assert.is(await run(told, again), 0, again.said());
  const { auth } = JSON.parse(read(home, 'meet/jitsi-stack.json'));
  assert.equal(auth, { mode: 'internal', guests: 'wait', moderators: 'signed-in' });
  const printed = again.printed();
  assert.match(printed, /docker compose --env-file '[^']*values\.env' down/);
  assert.match(printed, /The same again[\s\S]*--env-file values\.env [\s\S]*--auth internal/);
});

test('on a terminal the file is asked for', async ({ home }) => {
  installElsewhere(home);
  const session = person({
    'Which file has the values': ['values.env'],
    'Where should the files': ['meet'],
  });
  const place = here(home, session);
  assert.is(await run(['adopt', 'old'], place), 0, place.said());
  assert.match(session.seen.join('\n'), /warning: JICOFO_AUTH_PASSWORD and/);
  assert.is(JSON.parse(read(home, 'meet/jitsi-stack.json')).auth.mode, 'internal');

  const none = person({
    'Which file has the values': [''],
    'Where should the files': ['two'],
  });
  const there = here(home, none);
  assert.is(await run(['adopt', 'old'], there), 2);
  assert.match(there.said(), /--env-file FILE/);
  assert.not.ok(existsSync(join(home.path, 'two')));
});

test('--env-file belongs to adopt', async ({ home }) => {
  const place = here(home);
  assert.is(await run(['meet', '--env-file', 'values.env'], place), 2);
  assert.match(place.said(), /It belongs to adopt/);
});

test('on a terminal it is asked', async ({ home }) => {
  install(home, 'ENABLE_AUTH=no');
  const session = person({
    'may open a room': ['open'],
    'Is that what you want': [true],
    'Where should the files': ['meet'],
  });
  const place = here(home, session);
  assert.is(await run(['adopt', 'old'], place), 0, place.said());
  assert.match(session.seen.join('\n'), /warning: ENABLE_AUTH is “no”/);
  assert.is(JSON.parse(read(home, 'meet/jitsi-stack.json')).auth.mode, 'open');
});

test('flags win over what is found, and wrong answers name where they come from', async ({
  home,
}) => {
  install(home, 'PUBLIC_URL=https://under_score.example.org');
  const place = here(home);
  assert.is(await run(['adopt', 'old', '--yes'], place), 2);
  assert.match(place.said(), /old \(adopted\), domain/);
  assert.is(await run(['adopt', 'old', '--yes', '--domain', 'other.example.org'], here(home)), 0);
  assert.is(JSON.parse(read(home, 'meet/jitsi-stack.json')).domain, 'other.example.org');
});

const own = {
  'docker-compose.yml': `services:
  nginx: { image: 'nginx:alpine', ports: ['443:443'] }
  web: { image: 'jitsi/web:stable-10888', environment: { PUBLIC_URL: 'https://meet.example.org' } }
  prosody: { image: 'jitsi/prosody:stable-10888', environment: { JICOFO_AUTH_PASSWORD: "a'b$$c" } }
  jvb: { image: 'jitsi/jvb:stable-10888', environment: { JVB_ADVERTISE_IPS: 203.0.113.7 } }
`,
  'README.md': '# Ours\n',
  '.gitignore': 'private/',
};
const known = ['--certificates', 'self-signed', '--firewall', 'none', '--auth-strangers'];

function ownRepository(home: Folder): string {
  for (const [path, text] of Object.entries(own)) home.write(`mine/${path}`, text);
  const directory = join(home.path, 'mine');
  git(directory, 'init', '-q');
  git(directory, 'add', '-A');
  git(directory, 'commit', '-qm', 'Ours');
  return directory;
}

test('a repository of the owner’s own becomes the stack; each file is asked once', async ({
  home,
}) => {
  const directory = ownRepository(home);
  const session = person({ 'README.md is here': ['mine'] });
  const place = here(home, session);
  assert.is(
    await run(['adopt', 'mine', ...known], place),
    0,
    `${place.said()}${session.seen.join('\n')}`,
  );
  assert.equal(
    session.asked
      .map(({ question }) => question)
      .filter((question) => question.includes('is here already')).length,
    1,
  );
  assert.is(read(home, 'mine/README.md'), '# Ours\n');
  assert.match(read(home, 'mine/.gitignore'), /^private\/\n# Secrets/);
  assert.is(git(directory, 'log', '--format=%s').trim().split('\n').at(-1), 'Ours');
  assert.is(git(directory, 'status', '--porcelain'), '');
  assert.match(read(home, 'mine/.env'), `JICOFO_AUTH_PASSWORD="a'b\\$c"`);
  assert.match(session.seen.join('\n'), /docker compose -p mine -f docker-compose\.yml down/);
});

(await needs(test, 'host:openssl'))(
  'a key beside the configuration is to be moved; a password in two versions is refused',
  async ({ home }) => {
    const { certificate, key } = await issuedPair('meet.example.org');
    const directory = ownRepository(home);
    home.write('mine/nginx/certs/fullchain.pem', certificate);
    home.write('mine/nginx/certs/private.key', key, 0o600);
    const choose = ['--firewall', 'none', '--auth-strangers', '--mine', '.'];
    const place = here(home);
    assert.is(await run(['adopt', 'mine', '--yes', ...choose], place), 0, place.said());
    assert.match(place.printed(), 'mv nginx/certs/private.key data/');
    assert.is(read(home, 'mine/certs/privkey.pem'), key);

    writeFileSync(join(directory, '.env'), 'JICOFO_AUTH_PASSWORD=another\n');
    const again = here(home);
    assert.is(await run(['adopt', 'mine', '--yes', ...choose], again), 2);
    assert.match(again.said(), /not what the containers are given/);
  },
);

test('without somebody to ask, files that differ are listed and nothing is changed', async ({
  home,
}) => {
  const directory = ownRepository(home);
  const before = everything(directory);
  const place = here(home);
  assert.is(await run(['adopt', 'mine', '--yes', ...known], place), 1);
  assert.match(place.printed(), /README\.md, line 1: 1 line of yours where \d+ lines would be/);
  assert.equal(everything(directory), before);
  const choose = ['--mine', 'README.md'];
  assert.is(await run(['adopt', 'mine', '--yes', ...known, ...choose], here(home)), 0);
  assert.match(read(home, 'mine/.gitignore'), /^private\/\n# Secrets/);
});

test('an open server on the internet is taken over as one only with a yes', async ({ home }) => {
  ownRepository(home);
  const place = here(home);
  const words = known.filter((word) => word !== '--auth-strangers');
  assert.is(await run(['adopt', 'mine', '--yes', ...words], place), 2);
  assert.match(place.said().replace(/\s+/g, ' '), '--auth-strangers: Missing: yes, anybody');
});

test('cancelled at a file, nothing is changed', async ({ home }) => {
  const directory = ownRepository(home);
  const session = person({ 'README.md is here': ['cancel'] });
  const before = everything(directory);
  assert.is(await run(['adopt', 'mine', ...known], here(home, session)), 130);
  assert.equal(everything(directory), before);
  assert.is(git(directory, 'log', '--format=%s').trim(), 'Ours');
});

test('found answers are shown, asked no more, and can be changed in the review', async ({
  home,
}) => {
  install(home);
  const session = person({
    'Write it?': ['details', 'change', 'write'],
    'Which answer?': ['domain', 'done'],
    'Which name will people type': ['new.example.org'],
    'Where should the files': ['meet'],
  });
  const place = here(home, session);
  assert.is(await run(['adopt', 'old'], place), 0, place.said());
  const questions = session.asked.map(({ question }) => question);
  assert.is(questions[0], 'Where should the files be written?');
  assert.not.ok(questions.some((question) => /certificate come|may start/.test(question)));
  const seen = session.seen.join('\n');
  assert.match(seen, /This is docker-jitsi-meet at \S+\n.*same release, stable-11031\./);
  assert.ok(
    seen.indexOf('This is docker-jitsi-meet') <
      seen.search(/Answers found there\n.*release: stable-11031/),
    'the sentences first, each answer among the details',
  );
  assert.is(JSON.parse(read(home, 'meet/jitsi-stack.json')).domain, 'new.example.org');
});

test('in place the stack keeps the name that .env has for Compose; beside it, it has its own', async ({
  home,
}) => {
  const [compose = ''] = Object.entries(upstream(usualEnv)).flatMap(([path, text]) =>
    path === 'docker-compose.yml' ? [text] : [],
  );
  home.write('own/docker-compose.yml', compose);
  home.write('own/.env', `${usualEnv.replace('./cfg', '../cfg')}\nCOMPOSE_PROJECT_NAME=Jitsi\n`);
  const words = ['adopt', 'own', '--yes', '--no-git'];
  const place = here(home);
  assert.is(await run([...words, 'meet'], place), 0, place.said());
  assert.is.not(JSON.parse(read(home, 'meet/jitsi-stack.json')).name, 'jitsi');
  const inside = here(home);
  assert.is(await run(words, inside), 0, inside.said());
  assert.is(JSON.parse(read(home, 'own/jitsi-stack.json')).name, 'jitsi');
});

test.run();
