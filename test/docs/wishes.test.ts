import { readFileSync, writeFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { loadRelease, newestRelease } from '../../src/releases/index.ts';
import { startWeb } from '../blueprints/branding/web.ts';
import { onDisk } from '../matrix/directory.ts';
import { type RenderedStack, renderedOf, sections } from '../matrix/stack.ts';
import { composeConfig } from '../programs/compose.ts';
import { needs } from '../programs/needs.ts';
import { nginxTest } from '../programs/nginx.ts';
import { wishedIn, wishes } from './wishes.ts';

const page = suite('docs/make-it-yours.md, as its readers copy it');
const rows = wishes();
const wished = wishedIn(rows);

const server = {
  domain: 'meet.example.org',
  network: { publicAddresses: ['203.0.113.7'] },
  certificates: { source: 'self-signed' },
  host: { memory: 8192, timezone: 'UTC' },
};
/** What somebody writes where the page only names the answer. */
const written: Readonly<Record<string, unknown>> = {
  'branding.name': 'Ours',
  'branding.color': '#0f6cbd',
  'branding.imprint': 'https://www.example.org/imprint',
  'branding.privacy': 'https://www.example.org/privacy',
  'branding.terms': 'https://www.example.org/terms',
};
/** The keys that Jitsi's page takes from its branding, with what somebody writes (react/features/dynamic-branding/reducer.ts). */
const brandingKeys: Readonly<Record<string, unknown>> = {
  avatarBackgrounds: ['#1d2b3a', '#3a1d2b'],
  backgroundColor: '#1d2b3a',
  backgroundImageUrl: 'https://meet.example.org/static/branding/behind.png',
  labels: { de: 'https://meet.example.org/static/branding/de.json' },
  logoClickUrl: 'https://www.example.org',
  premeetingBackground: '#1d2b3a',
  virtualBackgrounds: ['https://meet.example.org/static/branding/room.png'],
};

/** The stack of somebody who has every wish at once that is an answer, a setting or an extra. */
async function everything(edge: object = {}): Promise<RenderedStack> {
  const { ENABLE_WELCOME_PAGE: _, ...settings } = wished.settings;
  const branding = Object.fromEntries(
    wished.namedAnswers
      .filter((place) => place.startsWith('branding.'))
      .map((place) => [place.replace('branding.', ''), written[place]]),
  );
  // Where the page has two answers to one question, the first; each is tried by itself below.
  const answers = (section: string) =>
    Object.assign({}, ...wished.answers.map((one) => one[section]).reverse());
  return renderedOf({
    ...server,
    ...edge,
    branding: { look: 'own', ...branding, ...answers('branding') },
    auth: { mode: 'internal', ...answers('auth') },
    settings,
    extras: wished.extras,
    telephone: { account: '4930123456@sip.example.org' },
  });
}

page('every row is read, and none says nothing that could be tried', () => {
  assert.ok(rows.length >= 30, `${rows.length} rows`);
  assert.equal(wished.unknown, [], 'snippets that nobody here tries');
  const silent = rows.filter(({ snippets }) => snippets.length === 0);
  assert.equal(
    silent.filter(({ advice }) => !advice.startsWith('not offered')).map(({ wish }) => wish),
    [],
  );
});

page('answers and settings that it only names are there', async () => {
  const places = sections.flatMap(({ id, fields, choice }) => {
    const all = [fields, ...Object.values(choice?.fields ?? {})].flatMap(Object.keys);
    return [...all, ...(choice ? [choice.key] : [])].map((name) => (id ? `${id}.${name}` : name));
  });
  assert.equal(
    wished.namedAnswers.filter((place) => !places.includes(place)),
    [],
  );
  const { services } = await loadRelease(newestRelease);
  const isRead = (name: string) =>
    Object.values(services).some(({ variables }) => variables.has(name));
  assert.equal(
    wished.namedSettings.filter((name) => !isRead(name)),
    [],
  );
});

page('every answer that it gives is one by itself', async () => {
  assert.ok(wished.answers.length > 3);
  for (const { branding, auth } of wished.answers) {
    const { plan } = await renderedOf({
      ...server,
      ...(branding && { branding: { look: 'own', name: 'Ours', ...branding } }),
      auth: { mode: 'internal', ...auth },
    });
    for (const [name, value] of Object.entries(branding ?? auth ?? {}))
      assert.is({ ...plan.answers[branding ? 'branding' : 'auth'] }[name], value);
  }
});

page('every file that it names is in the stack', async () => {
  const { files } = await everything();
  const paths = files.map(({ path }) => path);
  const absent = wished.files.filter(
    (name) =>
      !/logo\.svg$|^\.png$/.test(name) &&
      !paths.some((path) => path.endsWith(name) || path.startsWith(name)),
  );
  assert.equal(absent, []);
});

page('what is put into branding.json is what Jitsi reads there', async () => {
  assert.equal(
    wished.brandingKeys.filter((key) => !(key in brandingKeys)),
    [],
  );
  const { files } = await everything();
  const branding = files.find(({ path }) => path === 'jitsi/branding/branding.json');
  assert.type(JSON.parse(branding?.text ?? '').logoClickUrl, 'string');
});

page('lines for custom-config.js run after those that are there', async () => {
  assert.ok(wished.config.length > 0);
  const { files } = await everything();
  const own = files.find(({ path }) => path === 'jitsi/web/custom-config.js')?.text ?? '';
  const config = {};
  runInNewContext([own, ...wished.config].join('\n'), { config });
  assert.is(Object.keys(config).length, wished.config.length);
});

(await needs(page, 'docker-compose'))('Docker Compose takes all of it at once', async () => {
  const { directory, remove } = await onDisk(await everything());
  try {
    const { ok, output } = await composeConfig(directory);
    assert.ok(ok, output);
  } finally {
    remove();
  }
});

for (const proxy of ['nginx', 'haproxy']) {
  (await needs(page, 'nginx'))(`${proxy}: NGINX takes what goes into meet.conf`, async () => {
    const { directory, remove } = await onDisk(await everything({ edge: { proxy } }));
    try {
      const path = `${directory}/nginx/meet.conf`;
      const before = readFileSync(path, 'utf8');
      const own = before
        .replace(/( +)(server_name meet.*;\n)/, `$1$2$1${wished.nginx.join('\n')}\n`)
        // The line for a portal stands there as a comment.
        .replace(/# {3}(add_header Content-Security-Policy .*;)/, '$1');
      assert.is(own.split('\n').length, before.split('\n').length + wished.nginx.length);
      assert.match(own, /^ +add_header Content-Security-Policy/m);
      writeFileSync(path, own);
      const { ok, output } = await nginxTest(directory);
      assert.ok(ok, output);
    } finally {
      remove();
    }
  });
}

(await needs(page, 'nginx'))('web serves the branding with every key', async () => {
  const stack = await everything();
  const web = await startWeb(stack);
  try {
    const address = `${web.url}/static/branding/branding.json`;
    const mine = { ...((await (await fetch(address)).json()) as object), ...brandingKeys };
    web.put('branding.json', JSON.stringify(mine));
    web.put('logo.svg', '<svg xmlns="http://www.w3.org/2000/svg"/>');
    assert.equal(await (await fetch(address)).json(), mine);
    for (const name of ['logo.svg', 'own.css'])
      assert.is((await fetch(`${web.url}/static/branding/${name}`)).status, 200, name);
    const room = await (await fetch(`${web.url}/room`)).text();
    for (const part of ['Ours', ...['imprint', 'privacy', 'terms'].map((one) => `/${one}`)])
      assert.match(room, part);
  } finally {
    web.stop();
  }
});

page.run();
