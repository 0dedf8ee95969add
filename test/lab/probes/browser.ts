import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { becomeEnd, type RelayLogin } from './conversation.ts';

/** Options of Chromium: nothing is loaded from the internet, and the one page needs no graphics. */
const quiet = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // A camera and a microphone, which are given without asking.
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  // Addresses stand in the offers themselves: nobody here resolves the names of mDNS.
  '--disable-features=WebRtcHideLocalIpsWithMdns',
];

/** Opens a page: its status, its title and what the page's own console complained about. */
export async function visit(
  url: string,
  profile: Profile,
): Promise<{ readonly status: number; readonly title: string; readonly faults: string[] }> {
  const browser = await launch(profile);
  try {
    const page = await browser.newPage();
    const faults: string[] = [];
    page.on('console', (line) => line.type() === 'error' && faults.push(line.text()));
    page.on('pageerror', (error) => faults.push(error.message));
    const answer = await page.goto(url, { timeout: 20_000 });
    return { status: answer?.status() ?? 0, title: await page.title(), faults };
  } finally {
    await browser.close();
  }
}

/**
 * What the page that tests the connection says in the end, by what was tested; and what the page’s own console complained about.
 * For a relay over UDP, Chromium asks DNS itself and reads no file of hosts, which is all that people have here: it is told the address.
 */
export async function testConnection(
  url: string,
  profile: Profile,
  relay: { readonly name: string; readonly address: string },
): Promise<{
  readonly verdict: string;
  readonly states: Readonly<Record<string, string>>;
  readonly report: string;
  readonly faults: string[];
}> {
  const browser = await launch(profile);
  try {
    const page = await browser.newPage();
    const faults: string[] = [];
    page.on('console', (line) => line.type() === 'error' && faults.push(line.text()));
    page.on('pageerror', (error) => faults.push(error.message));
    await page.addInitScript(`{
      const Peer = RTCPeerConnection;
      globalThis.RTCPeerConnection = function (given) {
        for (const server of given?.iceServers ?? [])
          if (/transport=udp$/.test(server.urls))
            server.urls = server.urls.replace('${relay.name}', '${relay.address}');
        return new Peer(given);
      };
    }`);
    await page.goto(`${url}/connection-test`, { timeout: 60_000 });
    await page.waitForSelector('body[data-done]', { timeout: 120_000 });
    await page.click('#devices');
    await page.waitForSelector('[data-name="Camera"]', { timeout: 60_000 });
    const rows = await page.$$eval('#results li', (all) =>
      all.map((one) => [one.dataset.name, one.dataset.state]),
    );
    const verdict = (await page.textContent('#verdict')) ?? '';
    const report = await page.inputValue('#report');
    return { verdict, states: Object.fromEntries(rows), report, faults };
  } finally {
    await browser.close();
  }
}

/** Where the browser's programs and its trusted authorities are. */
export interface Profile {
  readonly executable: string;
  /** Its home, with the authorities in `.pki/nssdb`; thrown away afterwards. */
  readonly home: string;
}

type Words = Readonly<Record<string, unknown>>;
const pages = new Map<string, Page>();
const browsers = new Map<string, BrowserContext>();

/**
 * Opens a page, under a name, that is one end of a conversation. With a login it may use that relay only; without one it
 * is found at its own address. Ends of one profile share a browser.
 */
export async function sit(
  name: string,
  url: string,
  profile: Profile,
  login?: RelayLogin,
): Promise<void> {
  const browser = browsers.get(profile.home) ?? (await launch(profile));
  browsers.set(profile.home, browser);
  const page = await browser.newPage();
  pages.set(name, page);
  await page.goto(url, { timeout: 20_000 });
  // The loader of this file names functions with a helper that no page has.
  await page.evaluate('globalThis.__name ??= (named) => named');
  await page.evaluate(becomeEnd, login);
}

/** What this end says to an offer. */
export async function answer(name: string, offered: Words): Promise<Words> {
  return (await end(name).evaluate(`lab.answer(${JSON.stringify(offered)})`)) as Words;
}

/** Waits until this end says that it is connected: ICE and DTLS. */
export async function connected(name: string, seconds = 20): Promise<void> {
  await end(name).evaluate(`lab.connected(${seconds})`);
}

/** The pair that is used. */
export interface Way {
  /** How this end reaches its relay (`udp`, `tcp` or `tls`), or `none`. */
  readonly relay: string;
  /** The other end’s address. */
  readonly to: string;
}

export async function way(name: string): Promise<Way> {
  return (await end(name).evaluate('lab.way()')) as Way;
}

/** Closes all browsers here. */
export async function leave(): Promise<void> {
  pages.clear();
  const open = [...browsers.values()];
  browsers.clear();
  for (const browser of open) await browser.close();
}

function end(name: string): Page {
  const page = pages.get(name);
  if (!page) throw new Error(`nobody sits at ${name}`);
  return page;
}

function launch(profile: Profile): Promise<BrowserContext> {
  return chromium.launchPersistentContext(`${profile.home}/profile`, {
    executablePath: profile.executable,
    args: quiet,
    chromiumSandbox: false,
    env: { ...(process.env as Record<string, string>), HOME: profile.home },
  });
}
