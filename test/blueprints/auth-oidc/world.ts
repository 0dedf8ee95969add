import { jwtVerify } from 'jose';
import { Authority } from '../../doctor/authority.ts';
import { type RenderedStack, renderedOf } from '../../matrix/stack.ts';
import { Browser, type Page } from './browser.ts';
import { RealProvider, secret } from './provider.ts';
import { type Service, startService, tokenSecret } from './service.ts';

export const url = 'https://meet.example.org';

/** A stack whose people sign in at a provider. */
export function stackOf(auth: Readonly<Record<string, unknown>> = {}): Promise<RenderedStack> {
  return renderedOf({
    domain: 'meet.example.org',
    network: { exposure: 'public', publicAddresses: ['198.51.100.7'] },
    certificates: { source: 'self-signed' },
    auth: {
      mode: 'oidc',
      provider: 'other',
      providerUrl: 'https://id.example.org',
      clientId: 'jitsi',
      ...auth,
    },
  });
}

/** A provider, the sign-in service of a stack, and browsers. */
export interface World {
  readonly provider: RealProvider;
  readonly authority: string;
  service(variables?: Readonly<Record<string, string>>): Promise<Service>;
  browser(service: Service): Browser;
  stop(): Promise<void>;
}

export async function makeWorld(auth: Readonly<Record<string, unknown>> = {}): Promise<World> {
  const stack = await stackOf(auth);
  const authority = await Authority.found();
  const provider = await RealProvider.start(authority, url);
  const running: Service[] = [];
  return {
    provider,
    authority: authority.pem,
    async service(variables = {}) {
      const { issuer } = provider;
      const change = { issuer, clientSecret: secret, authority: authority.pem, variables };
      const made = await startService(stack, change);
      running.push(made);
      return made;
    },
    browser: (service) => new Browser({ [url]: { at: service.url } }, authority.pem),
    async stop() {
      for (const one of running) await one.stop();
      await provider.stop();
    },
  };
}

export const login = (room: string, state?: object) =>
  `${url}/oidc/login?room=${encodeURIComponent(room)}${state ? `&state=${encodeURIComponent(JSON.stringify(state))}` : ''}`;

/** Signs in, up to the address of the room or the page that came instead. */
export function signsIn(browser: Browser, room = 'one', state?: object): Promise<Page> {
  return browser.open(
    login(room, state),
    (to) => to.startsWith(url) && !to.startsWith(`${url}/oidc/`),
  );
}

/** The address with which the provider sends back, before it is opened. */
export async function comesBack(browser: Browser, room = 'one'): Promise<string> {
  const { url: back } = await browser.open(login(room), (to) =>
    to.startsWith(`${url}/oidc/callback`),
  );
  return back;
}

/** What the token in an address says; throws when it is not a good one. */
export async function tokenOf(page: Page) {
  const token = new URL(page.url).searchParams.get('jwt') ?? '';
  const key = new TextEncoder().encode(tokenSecret);
  const { payload } = await jwtVerify(token, key, {
    issuer: 'meet.example.org',
    audience: 'jitsi',
    typ: 'JWT',
    algorithms: ['HS256'],
  });
  return payload as typeof payload & {
    readonly room: string;
    readonly context: { readonly user: Readonly<Record<string, unknown>> };
  };
}
