import { type Browser, chromium, type Page } from 'playwright-core';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { renderedOf } from '../../matrix/stack.ts';
import { needs } from '../../programs/needs.ts';
import { startWeb } from './web.ts';

const seen = suite('branding: in a browser, on a page that reads what Jitsi’s does');
const test = await needs(seen, 'nginx', 'host:chromium');
const origin = 'https://meet.example.org';
let browser: Browser;
test.before(async () => {
  browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    chromiumSandbox: false,
    args: ['--disable-gpu'],
  });
});
test.after(() => browser.close());

/** Opens pages of a stack under its own address, as the edge would pass them on. */
async function during(branding: object, look: (page: Page) => Promise<void>) {
  const stack = await renderedOf({
    domain: 'meet.example.org',
    network: { publicAddresses: ['203.0.113.7'] },
    certificates: { source: 'self-signed' },
    branding,
  });
  const web = await startWeb(stack);
  const context = await browser.newContext();
  context.setDefaultTimeout(120_000);
  try {
    web.put(
      'logo.svg',
      '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>document.title="ran"</script></svg>',
    );
    await context.route('**/*', async (route) => {
      const { href } = new URL(route.request().url());
      if (!href.startsWith(`${origin}/`)) return route.abort();
      return route.fulfill({ response: await route.fetch({ url: href.replace(origin, web.url) }) });
    });
    await look(await context.newPage());
  } finally {
    await context.close();
    web.stop();
  }
}

const drawn = async (page: Page, path: string) => {
  await page.goto(`${origin}${path}`);
  await page.waitForSelector('body[data-drawn=yes]');
};
const style = (page: Page, selector: string, property: string): Promise<string> =>
  page.evaluate(
    `getComputedStyle(document.querySelector('${selector}')).getPropertyValue('${property}')`,
  );

const own = {
  look: 'own',
  name: 'Ours </script> & “yours”',
  logo: 'logo.svg',
  color: '#0f6cbd',
  imprint: 'https://www.example.org/imprint',
  privacy: 'https://www.example.org/privacy',
};

test('before: Jitsi’s name, logo and links', async () => {
  await during({ look: 'jitsi' }, async (page) => {
    await drawn(page, '/');
    assert.is(await page.title(), 'Jitsi Meet');
    assert.match(await style(page, '.watermark', 'background-image'), 'images/watermark.svg');
    assert.is(await page.$('.welcome-page-content a'), null);
  });
});

test('after: the owner’s, on the front page and in a room', async () => {
  await during(own, async (page) => {
    await drawn(page, '/');
    assert.is(await page.title(), own.name);
    assert.match(
      await style(page, '.watermark', 'background-image'),
      `${origin}/static/branding/logo.svg`,
    );
    assert.is(await page.getAttribute('.watermark', 'href'), origin);
    assert.is(await style(page, '.welcome-page-button', 'background-color'), 'rgb(15, 108, 189)');
    assert.equal(await page.$$eval('.welcome-page-content a', (all) => all.map((a) => a.href)), [
      own.imprint,
      own.privacy,
    ]);
    assert.equal(await page.evaluate('config.legalUrls'), {
      helpCentre: 'https://help',
      privacy: own.privacy,
    });
    await drawn(page, '/room');
    assert.is(await page.title(), `room | ${own.name}`);
    assert.is(await style(page, '#join', 'background-color'), 'rgb(15, 108, 189)');
  });
});

test('a script in the logo does not run, also when the logo is opened by itself', async () => {
  await during(own, async (page) => {
    await page.goto(`${origin}/static/branding/logo.svg`);
    assert.is.not(await page.title(), 'ran');
  });
});

test.run();
