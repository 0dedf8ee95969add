import { type BrowserContext, chromium } from 'playwright-core';

/** Options of Chromium: nothing is loaded from the internet, and the one page needs no graphics. */
const quiet = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Opens a page: its status, its title and what the page's own console complained about. */
export async function visit(
  url: string,
  profile: Profile,
): Promise<{ readonly status: number; readonly title: string; readonly faults: string[] }> {
  return withBrowser(profile, async (browser) => {
    const page = await browser.newPage();
    const faults: string[] = [];
    page.on('console', (line) => line.type() === 'error' && faults.push(line.text()));
    page.on('pageerror', (error) => faults.push(error.message));
    const answer = await page.goto(url, { timeout: 20_000 });
    return { status: answer?.status() ?? 0, title: await page.title(), faults };
  });
}

/** Where the browser's programs and its trusted authorities are. */
export interface Profile {
  readonly executable: string;
  /** Its home, with the authorities in `.pki/nssdb`; thrown away afterwards. */
  readonly home: string;
}

export interface RelayLogin {
  readonly url: string;
  readonly username: string;
  readonly password: string;
}

/** Two pages that may talk through the relay only: what the second one received, and the way it came. */
export async function exchange(
  url: string,
  profile: Profile,
  login: RelayLogin,
): Promise<{ readonly text: string; readonly candidate: string; readonly protocol: string }> {
  return withBrowser(profile, async (browser) => {
    const [one, two] = [await browser.newPage(), await browser.newPage()];
    for (const page of [one, two]) {
      await page.goto(url, { timeout: 20_000 });
      // The loader of this file names functions with a helper that no page has.
      await page.evaluate('globalThis.__name ??= (named) => named');
      await page.evaluate(prepare, login);
    }
    const offer = await one.evaluate('lab.offer()');
    const answer = await two.evaluate(`lab.answer(${JSON.stringify(offer)})`);
    await one.evaluate(`lab.accept(${JSON.stringify(answer)})`);
    const text = (await two.evaluate('lab.received')) as string;
    const way = (await one.evaluate('lab.way()')) as { candidate: string; protocol: string };
    return { text, ...way };
  });
}

async function withBrowser<T>(profile: Profile, use: (b: BrowserContext) => Promise<T>) {
  const browser = await chromium.launchPersistentContext(`${profile.home}/profile`, {
    executablePath: profile.executable,
    args: quiet,
    chromiumSandbox: false,
    env: { ...(process.env as Record<string, string>), HOME: profile.home },
  });
  try {
    return await use(browser);
  } finally {
    await browser.close();
  }
}

/** Runs in the page. */
function prepare({ url, username, password }: RelayLogin): void {
  // biome-ignore lint/suspicious/noExplicitAny: the types of a browser are not those of this project
  const page = globalThis as any;
  const connection = new page.RTCPeerConnection({
    iceTransportPolicy: 'relay',
    iceServers: [{ urls: url, username, credential: password }],
  });
  const complaints: string[] = [];
  connection.onicecandidateerror = (event: { errorText: string; errorCode: number }) =>
    complaints.push(`${event.errorCode} ${event.errorText}`);
  const late = (what: string, seconds: number) =>
    new Promise((_, reject) => {
      const say = () =>
        reject(new Error(`${what}: ${connection.iceConnectionState} ${complaints}`));
      page.setTimeout(say, seconds * 1000);
    });
  // One way through the relay is enough; those over other interfaces would come seconds later.
  const found = new Promise<void>((resolve) => {
    connection.onicecandidate = ({ candidate }: { candidate: { type: string } | null }) =>
      candidate?.type === 'relay' && resolve();
  });
  const gathered = () => Promise.race([found, late('no way through the relay', 20)]);
  const said = 'through the relay';
  const received = new Promise((resolve) => {
    connection.ondatachannel = ({ channel }: { channel: { onmessage: unknown } }) => {
      channel.onmessage = (event: { data: string }) => resolve(event.data);
    };
  });
  page.lab = {
    received: Promise.race([received, late('nothing received', 30)]),
    async offer() {
      const channel = connection.createDataChannel('lab');
      channel.onopen = () => channel.send(said);
      await connection.setLocalDescription(await connection.createOffer());
      await gathered();
      return connection.localDescription.toJSON();
    },
    async answer(offer: unknown) {
      await connection.setRemoteDescription(offer);
      await connection.setLocalDescription(await connection.createAnswer());
      await gathered();
      return connection.localDescription.toJSON();
    },
    accept: (answer: unknown) => connection.setRemoteDescription(answer),
    async way() {
      const all = [...(await connection.getStats()).values()];
      const pair = all.find((row) => row.type === 'candidate-pair' && row.nominated);
      const local = all.find((row) => row.id === pair?.localCandidateId);
      return { candidate: local?.candidateType ?? '', protocol: local?.relayProtocol ?? '' };
    },
  };
  page.lab.received.catch(() => {});
}
