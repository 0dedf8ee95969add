import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { renderedOf } from '../../matrix/stack.ts';
import { needs } from '../../programs/needs.ts';
import { startWeb, type Web } from './web.ts';

const served = suite('branding: served by a real nginx');
const test = await needs(served, 'nginx');

const stackWith = (branding: object) =>
  renderedOf({
    domain: 'meet.example.org',
    network: { publicAddresses: ['203.0.113.7'] },
    certificates: { source: 'self-signed' },
    branding,
  });
const own = {
  look: 'own',
  name: 'Ours & <yours>',
  logo: 'logo.svg',
  imprint: 'https://www.example.org/imprint',
};

async function during(branding: object, look: (web: Web) => Promise<void>) {
  const web = await startWeb(await stackWith(branding));
  try {
    await look(web);
  } finally {
    web.stop();
  }
}

const text = async (web: Web, path: string) => (await fetch(`${web.url}${path}`)).text();

test('title, head and links of the page are the owner’s, in rooms as on the front page', async () => {
  await during(own, async (web) => {
    for (const path of ['/', '/room']) {
      const page = await text(web, path);
      assert.match(page, '<title>Ours &#38; &#60;yours&#62;</title>');
      assert.match(page, '<script src="/static/branding/page.js"></script>');
      assert.match(page, 'href="https://www.example.org/imprint"');
      assert.not.match(page, 'an error occurred');
      assert.not.match(page, '<title>Jitsi Meet');
    }
  });
});

test('without branding they are Jitsi’s', async () => {
  await during({ look: 'jitsi' }, async (web) => {
    assert.match(await text(web, '/room'), '<title>Jitsi Meet</title>');
    assert.is((await fetch(`${web.url}/static/branding/branding.json`)).status, 404);
  });
});

test('the folder is served to apps, kept by nobody, and nothing in it runs by itself', async () => {
  await during(own, async (web) => {
    web.put('logo.svg', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
    const logo = await fetch(`${web.url}/static/branding/logo.svg`);
    assert.is(logo.headers.get('content-type'), 'image/svg+xml');
    assert.match(logo.headers.get('content-security-policy') ?? '', /default-src 'none'.*sandbox/);
    assert.is(logo.headers.get('x-content-type-options'), 'nosniff');
    assert.is(logo.headers.get('access-control-allow-origin'), '*');
    assert.is(logo.headers.get('cache-control'), 'no-cache');
    const json = await fetch(`${web.url}/static/branding/branding.json`);
    assert.is(json.headers.get('content-type'), 'application/json');
    await json.json();
    assert.is((await fetch(`${web.url}/static/branding/../../config.js`)).status, 200);
    assert.is((await fetch(`${web.url}/static/branding/none.png`)).status, 404);
  });
});

test('a front page of the owner’s takes the place of Jitsi’s, and rooms stay what they are', async () => {
  await during({ ...own, welcome: 'own' }, async (web) => {
    const front = await fetch(`${web.url}/`);
    assert.match(front.headers.get('content-type') ?? '', 'text/html');
    const page = await front.text();
    assert.match(page, 'open the link in your invitation');
    assert.not.match(page, 'config.js');
    assert.match(await text(web, '/room'), 'DOMContentLoaded');
    web.put('welcome.html', '<p>edited</p>');
    assert.match(await text(web, '/'), '<p>edited</p>');
  });
});

test.run();
