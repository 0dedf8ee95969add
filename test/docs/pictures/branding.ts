import { type Browser, chromium } from 'playwright-core';
import { startWeb } from '../../blueprints/branding/web.ts';
import { renderedOf } from '../../matrix/stack.ts';

const origin = 'https://meet.example.org';
const size = { width: 440, height: 300 };
const own = {
  look: 'own',
  name: 'Our meetings',
  logo: 'logo.svg',
  color: '#7b2d8b',
  imprint: 'https://www.example.org/imprint',
  privacy: 'https://www.example.org/privacy',
};
const logo = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 40"><rect width="120" height="40" rx="8" fill="#f4e8f7"/>
<text x="60" y="27" text-anchor="middle" font-family="sans-serif" font-size="20" fill="#7b2d8b">ours</text></svg>`;

interface Seen {
  readonly title: string;
  readonly said: readonly string[];
  /** The picture, in base64. */
  readonly png: string;
}

/** The front page of a stack in a real browser, and what stands on it. */
async function look(browser: Browser, branding: object): Promise<Seen> {
  const web = await startWeb(
    await renderedOf({
      domain: 'meet.example.org',
      network: { publicAddresses: ['203.0.113.7'] },
      certificates: { source: 'self-signed' },
      branding,
    }),
  );
  const context = await browser.newContext({ viewport: size, colorScheme: 'light' });
  context.setDefaultTimeout(120_000);
  try {
    web.put('logo.svg', logo);
    await context.route('**/*', async (route) => {
      const { href } = new URL(route.request().url());
      if (!href.startsWith(`${origin}/`)) return route.abort();
      return route.fulfill({ response: await route.fetch({ url: href.replace(origin, web.url) }) });
    });
    const page = await context.newPage();
    await page.goto(`${origin}/`);
    await page.waitForSelector('body[data-drawn=yes]');
    const links = await page.$$eval('.welcome-page-content a', (all) =>
      all.map((one) => `${one.textContent}: ${one.href}`),
    );
    const button: string = await page.evaluate(
      "getComputedStyle(document.querySelector('.welcome-page-button')).backgroundColor",
    );
    const shown: string = await page.evaluate(
      "getComputedStyle(document.querySelector('.watermark')).backgroundImage",
    );
    return {
      title: await page.title(),
      said: [`logo ${new URL(shown.slice(5, -2)).pathname}`, `button ${button}`, ...links],
      png: (await page.screenshot()).toString('base64'),
    };
  } finally {
    await context.close();
    web.stop();
  }
}

/** The front page before and after, beside each other, with what the browser read of both. */
export async function brandingPicture(): Promise<string> {
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    chromiumSandbox: false,
    args: ['--disable-gpu'],
  });
  try {
    const before = await look(browser, { look: 'jitsi' });
    const after = await look(browser, own);
    return drawn([
      ['before', before],
      ['after', after],
    ]);
  } finally {
    await browser.close();
  }
}

function drawn(all: readonly (readonly [string, Seen])[]): string {
  const gap = 20;
  const width = all.length * (size.width + gap) + gap;
  const lines = Math.max(...all.map(([, { said }]) => said.length)) + 1;
  const height = gap + size.height + gap + lines * 20;
  const parts = all.flatMap(([when, { title, said, png }], index) => {
    const x = gap + index * (size.width + gap);
    const words = [`${when}: “${title}”`, ...said];
    return [
      `<rect x="${x - 1}" y="${gap - 1}" width="${size.width + 2}" height="${size.height + 2}" fill="#d0d7de"/>`,
      `<image x="${x}" y="${gap}" width="${size.width}" height="${size.height}" href="data:image/png;base64,${png}"/>`,
      ...words.map(
        (line, row) =>
          `<text x="${x}" y="${gap + size.height + gap + row * 20}"${row === 0 ? ' font-weight="bold"' : ''}>${line.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</text>`,
      ),
    ];
  });
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="The front page before and after">`,
    '<style>text{font:13px system-ui,sans-serif;fill:#1f2328}</style>',
    `<rect width="${width}" height="${height}" fill="#f6f8fa"/>`,
    ...parts,
    '</svg>',
  ].join('\n')}\n`;
}
