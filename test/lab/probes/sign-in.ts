import { Browser } from '../../blueprints/auth-oidc/browser.ts';
import { formOf } from '../../blueprints/auth-oidc/form.ts';

const browsers = new Map<string, Browser>();

/**
 * Opens an address of a stack that leads to the provider, types a name and a password there, and agrees: where the browser is then.
 *
 * @param who whose browser it is; one that has signed in is not asked again
 * @param back an address that begins so is not opened any more
 */
export async function signIn(who: string, address: string, back: string): Promise<string> {
  const browser = browsers.get(who) ?? new Browser();
  browsers.set(who, browser);
  const stop = (to: string) => to.startsWith(back) && !to.startsWith(`${back}/oidc/`);
  let page = await browser.open(address, stop);
  // Once for the name, once for the consent.
  for (let forms = 0; forms < 2 && page.body.includes('<form'); forms += 1) {
    const { action, hidden } = formOf(page);
    const typed = hidden.prompt === 'login' ? { login: who, password: 'any' } : {};
    page = await browser.submit(action, { ...hidden, ...typed }, stop);
  }
  if (!stop(page.url)) throw new Error(`${page.url}: ${page.status} ${page.body.slice(0, 300)}`);
  return page.url;
}

/** Signs out: the page at the end. */
export async function signOut(who: string, address: string): Promise<string> {
  const browser = browsers.get(who) ?? new Browser();
  const asked = await browser.open(address);
  const { action, hidden } = formOf(asked);
  const page = await browser.submit(action, { ...hidden, logout: 'yes' });
  browsers.delete(who);
  return `${page.url} ${page.body}`;
}
