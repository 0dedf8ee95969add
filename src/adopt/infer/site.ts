import { placeOf } from '../evidence.ts';
import type { Findings } from '../findings.ts';
import type { Installation } from '../installation.ts';
import type { Variables } from '../variables.ts';

/** What people type, and the port in it. */
export interface PublicSite {
  readonly host: string;
  /** Undefined for 443. */
  readonly port?: number;
  /** Below which Jitsi stands at a site that has more; undefined where it has all of it. */
  readonly path?: string;
}

/** The name of the meeting site: PUBLIC_URL, else the certificate's name, else the only name of the proxy. */
export function inferSite(
  { sites }: Installation,
  variables: Variables,
  findings: Findings,
): PublicSite | undefined {
  findings.use('domain', 'PUBLIC_URL');
  const stated = variables.get('PUBLIC_URL');
  const site = stated && parseSite(stated.value);
  if (stated && site?.path !== undefined) {
    findings.used.set('PUBLIC_URL', undefined);
    findings.undecided.push({
      answer: 'domain',
      what: `People meet below a path, ${site.path} at ${site.host} (${placeOf(stated.evidence)}). A stack is a site of its own: it cannot stand below a path, and it must not take ${site.host} from what else is there.`,
      fix: 'Create a name for meetings, such as meet.example.org, and give it with --domain.',
    });
    return undefined;
  }
  if (stated && site) {
    findings.answer('domain', site.host, 'the name in PUBLIC_URL', stated.evidence);
    return site;
  }
  if (stated) {
    findings.noPlace(
      'PUBLIC_URL',
      stated,
      'There is no host name in it; name the site with --domain.',
    );
  }
  const named = variables.get('LETSENCRYPT_DOMAIN');
  if (named) {
    findings.answer('domain', named.value, 'the name of its certificate', named.evidence);
    return { host: named.value };
  }
  const names = sites.flatMap((one) => one.names);
  const [first] = names;
  if (first && new Set(names.map(({ value }) => value)).size === 1) {
    findings.answer('domain', first.value, 'the name that its NGINX serves', first.evidence);
    return { host: first.value };
  }
  if (first) {
    const all = names.map(({ value, evidence }) => `${value} (${placeOf(evidence)})`).join(', ');
    findings.notes.push(
      `Its NGINX serves several names: ${all}. Which one is for meetings is asked.`,
    );
  }
  return undefined;
}

function parseSite(text: string): PublicSite | undefined {
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  try {
    const { hostname, port, pathname } = new URL(address.trim());
    if (hostname === '' || hostname === 'localhost') return undefined;
    const path = pathname.replace(/\/+$/, '');
    return {
      host: hostname,
      ...(port !== '' && { port: Number(port) }),
      ...(path !== '' && { path }),
    };
  } catch {
    return undefined;
  }
}
