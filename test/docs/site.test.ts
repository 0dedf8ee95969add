import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createMarkdownRenderer } from 'vitepress';
import { linksToRepository } from '../../site/links.ts';
import { navigation } from '../../site/navigation.ts';
import { command } from '../programs/command.ts';
import { needs } from '../programs/needs.ts';

const site = suite<{ built: string }>('the documentation site');
const root = fileURLToPath(new URL('../../', import.meta.url));
const base = '/create-jitsi-stack';
const pages = readdirSync(join(root, 'docs'))
  .filter((name) => name.endsWith('.md') && name !== 'index.md')
  .map((name) => name.slice(0, -'.md'.length));
const temporary = mkdtempSync(join(tmpdir(), 'site-'));

/** What of the checkout the site is made from, so that builds do not get in each other's way. */
function copy(name: string): string {
  const directory = join(temporary, name);
  for (const part of ['docs', 'site', 'package.json', 'SECURITY.md', 'blueprints', 'test/lab'])
    cpSync(join(root, part), join(directory, part), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(directory, 'node_modules'));
  return directory;
}

const build = (cwd: string) =>
  command(join(root, 'node_modules/.bin/vitepress'), ['build', 'site'], { cwd });

site.before(async (context) => {
  const directory = copy('good');
  const { code, stdout, stderr } = await build(directory);
  assert.is(code, 0, stdout + stderr);
  context.built = join(directory, 'dist-site');
});
site.after(() => rmSync(temporary, { recursive: true }));

site('every page of docs/ is in its navigation, once', () => {
  assert.ok(pages.length > 20);
  assert.equal(navigation.flatMap((group) => group.pages).sort(), [...pages].sort());
});

site('every page of docs/ is built, and the home page', ({ built }) => {
  for (const page of ['index', ...pages]) assert.ok(existsSync(join(built, `${page}.html`)), page);
  assert.match(readFileSync(join(built, 'index.html'), 'utf8'), 'Your own Jitsi Meet');
});

site('a dead link between pages fails the build and is named', async () => {
  const directory = copy('dead');
  writeFileSync(join(directory, 'docs/limits.md'), '# Limits\n\n[gone](nowhere-at-all.md)\n');
  const { code, stdout, stderr } = await build(directory);
  assert.is.not(code, 0);
  assert.match(stdout + stderr, 'nowhere-at-all');
});

site('a link out of docs/ leads to the repository, and to a file that is there', async () => {
  const config = linksToRepository(root, 'https://github.com/o/n');
  const markdown = await createMarkdownRenderer(root, { config });
  const render = (text: string) => markdown.render(text, { relativePath: 'x.md' });
  assert.match(
    render('[a](../SECURITY.md#how)'),
    'href="https://github.com/o/n/blob/main/SECURITY.md#how"',
  );
  assert.match(render('[a](doctor.md)'), /href="\.?\/?doctor/);
  assert.throws(() => render('[a](../NOWHERE.md)'), /x\.md: there is no NOWHERE\.md/);
});

const inBrowser = await needs(site, 'host:chromium');

inBrowser(
  'in a browser it fits, light and dark, on a screen and on a phone, and finds words',
  async ({ built }) => {
    const server = await serve(built);
    const { port } = server.address() as AddressInfo;
    const browser = await chromium.launch({
      executablePath: '/usr/bin/chromium',
      args: ['--no-sandbox'],
    });
    try {
      for (const [colorScheme, width] of [
        ['light', 1280],
        ['dark', 390],
      ] as const) {
        const page = await browser.newPage({ colorScheme, viewport: { width, height: 800 } });
        const failed: string[] = [];
        page.on('pageerror', ({ message }) => failed.push(message));
        page.on('response', (answer) => answer.status() >= 400 && failed.push(answer.url()));
        for (const path of ['', 'first-meeting', 'answers']) {
          await page.goto(`http://127.0.0.1:${port}${base}/${path}`, { waitUntil: 'networkidle' });
          const seen = await page.evaluate<{ wider: number; dark: boolean; text: number }>(`({
          wider: document.documentElement.scrollWidth - window.innerWidth,
          dark: document.documentElement.classList.contains('dark'),
          text: document.body.innerText.length,
        })`);
          assert.is(seen.wider, 0, `${path} at ${width}`);
          assert.is(seen.dark, colorScheme === 'dark');
          assert.ok(seen.text > 300, path);
        }
        if (width > 1000) {
          await page.keyboard.press('Control+k');
          await page.fill('#localsearch-input', 'self-signed');
          await page.waitForSelector('#localsearch-list a[href]');
          const found = await page.locator('#localsearch-list').innerText();
          assert.match(found, 'Your first meeting');
        }
        assert.equal(failed, []);
        await page.close();
      }
    } finally {
      await browser.close();
      server.close();
    }
  },
);

/** The pages as GitHub serves them: below the repository's name, without `.html`. */
function serve(folder: string): Promise<Server> {
  const types: Readonly<Record<string, string>> = {
    js: 'text/javascript',
    css: 'text/css',
    svg: 'image/svg+xml',
  };
  const server = createServer(({ url = '' }, answer) => {
    const path = new URL(url, 'http://x').pathname.slice(base.length + 1) || 'index';
    const file = [path, `${path}.html`]
      .map((one) => join(folder, one))
      .find((one) => existsSync(one));
    if (!file) return answer.writeHead(404).end();
    const type = types[file.split('.').at(-1) ?? ''] ?? 'text/html';
    return answer.writeHead(200, { 'content-type': type }).end(readFileSync(file));
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

site.run();
