import { request as plain } from 'node:http';
import { request as secure } from 'node:https';

export interface Page {
  readonly url: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

interface Site {
  /** Where requests to its origin really go. */
  readonly at: string;
}

/** As much of a browser as a sign-in needs: cookies by host, and redirects that are followed or looked at. */
export class Browser {
  readonly #jar = new Map<string, Map<string, string>>();
  readonly #sites: Readonly<Record<string, Site>>;
  readonly #authority: string | undefined;

  /**
   * @param sites origins that are elsewhere than their names say
   * @param authority whom it believes, as PEM; those of this machine when left out
   */
  constructor(sites: Readonly<Record<string, Site>> = {}, authority?: string) {
    this.#sites = sites;
    this.#authority = authority;
  }

  cookies(host: string): Map<string, string> {
    const found = this.#jar.get(host) ?? new Map<string, string>();
    this.#jar.set(host, found);
    return found;
  }

  /** One request, without following where it leads. */
  get(address: string, headers: Readonly<Record<string, string>> = {}): Promise<Page> {
    return this.#ask(address, headers);
  }

  /** Sends a form, and goes on from there as `open` does. */
  async submit(
    address: string,
    fields: Readonly<Record<string, string>>,
    stop?: (url: string) => boolean,
  ): Promise<Page> {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const sent = new URLSearchParams({ ...fields }).toString();
    return this.#follow(await this.#ask(address, headers, sent), stop);
  }

  async #ask(
    address: string,
    headers: Readonly<Record<string, string>>,
    form?: string,
  ): Promise<Page> {
    const url = new URL(address);
    const real = new URL(this.#sites[url.origin]?.at ?? url.origin);
    const local = real.hostname === 'localhost' || url.origin in this.#sites;
    const jar = this.cookies(url.host);
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const page = await new Promise<Page>((resolve, reject) => {
      const call = (real.protocol === 'https:' ? secure : plain)(
        {
          host: local ? '127.0.0.1' : real.hostname,
          method: form === undefined ? 'GET' : 'POST',
          port: real.port,
          servername: real.hostname,
          path: `${url.pathname}${url.search}`,
          ca: this.#authority,
          headers: { host: url.host, ...(cookie && { cookie }), ...headers },
        },
        (response) => {
          let body = '';
          response.setEncoding('utf8').on('data', (chunk: string) => {
            body += chunk;
          });
          response.on('end', () =>
            resolve({
              url: address,
              status: response.statusCode ?? 0,
              headers: response.headers,
              body,
            }),
          );
        },
      );
      call.on('error', reject).end(form);
    });
    for (const line of [page.headers['set-cookie'] ?? []].flat()) {
      const [pair = ''] = line.split(';');
      const [name = '', value = ''] = pair.split(/=(.*)/s);
      if (/max-age=0|expires=thu, 01 jan 1970/i.test(line)) jar.delete(name);
      else jar.set(name, value);
    }
    return page;
  }

  /** Follows redirects until a page comes, or an address of which `stop` says so. */
  async open(address: string, stop?: (url: string) => boolean): Promise<Page> {
    return this.#follow(await this.get(address), stop);
  }

  async #follow(first: Page, stop: (url: string) => boolean = () => false): Promise<Page> {
    let page = first;
    for (let hops = 0; page.headers.location && hops < 20; hops += 1) {
      const next = new URL(String(page.headers.location), page.url).href;
      if (stop(next)) return { ...page, url: next };
      page = await this.get(next);
    }
    return page;
  }
}
