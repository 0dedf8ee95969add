import { randomBytes } from 'node:crypto';
import type { Plan } from '../../plan/plan.ts';
import type { Examination } from '../examination.ts';
import type { Finding } from '../finding.ts';
import { type Reply, reasonOf, request } from '../http.ts';
import { noAnswer } from './no-answer.ts';

/** Milliseconds for the provider’s answer. */
const patience = 4000;

type Said = Pick<Finding, 'outcome' | 'seen' | 'why' | 'fix'>;

/**
 * Where people sign in elsewhere: whether the page’s way there begins and ends on this server, and whether the provider takes
 * who comes from here. Nobody is signed in.
 */
export async function checkSignIn({ plan, at }: Examination): Promise<readonly Finding[]> {
  const own = plan.services.find(({ name }) => name === 'oidc')?.environment;
  if (plan.answers.auth.mode !== 'oidc' || !own) return [];
  const callback = `${plan.url}/oidc/callback`;
  const begin = `${plan.url}/oidc/login?room=doctor-${randomBytes(8).toString('hex')}`;
  const tries = at(plan.answers.domain).map(async (address) => {
    const about = { check: 'access', subject: `${plan.url}/oidc/`, at: [address] } as const;
    const [first, last] = await Promise.all([
      request({ address, url: begin }),
      request({ address, url: callback }),
    ]);
    if ('reason' in first) return { findings: [{ ...about, ...noAnswer(first) }] };
    if ('reason' in last) return { findings: [{ ...about, ...noAnswer(last) }] };
    const said = judge(plan, first, last, { callback, client: String(own.OIDC_CLIENT_ID) });
    // Only the provider itself is asked: whoever answers in this server's name could send the doctor anywhere.
    const to = said.outcome === 'ok' ? first.headers.location : undefined;
    return { findings: [{ ...about, ...said }], to };
  });
  const seen = await Promise.all(tries);
  const [way] = seen.flatMap(({ to }) => (to === undefined ? [] : [to]));
  const there = way === undefined ? [] : [await askProvider(way, callback)];
  return [...seen.flatMap(({ findings }) => findings), ...there];
}

function judge(
  plan: Plan,
  first: Reply,
  last: Reply,
  wanted: { readonly callback: string; readonly client: string },
): Said {
  // Whatever else answers under this name says it otherwise.
  const isOurs = ({ headers }: Reply) =>
    String(headers['content-security-policy']).startsWith("default-src 'none'");
  if (!isOurs(first) || !isOurs(last))
    return {
      outcome: 'wrong',
      seen: `The sign-in service does not answer (HTTP ${first.status}, ${last.status}).`,
      why: 'Nobody can sign in, so nobody opens a room.',
      fix: `On the server: ./stack up, then ./stack logs oidc. ${plan.trustedProxy.name} has to pass /oidc/ on.`,
    };
  if (first.status === 503)
    return {
      outcome: 'wrong',
      seen: 'The server does not reach who signs people in.',
      why: 'Nobody can sign in, so nobody opens a room; people read that.',
      fix: `On the server: ./stack logs oidc says why; auth.providerUrl is ${plan.answers.auth.providerUrl}.`,
    };
  const to = locationOf(first);
  if (!to || to.searchParams.get('redirect_uri') !== wanted.callback)
    return {
      outcome: 'wrong',
      seen: to
        ? `People would be sent back to ${to.searchParams.get('redirect_uri')}.`
        : `The sign-in does not begin (HTTP ${first.status}).`,
      why: `They have to come back to ${wanted.callback}.`,
      fix: 'On the server: ./stack up, then ./stack logs oidc.',
    };
  if (to.searchParams.get('client_id') !== wanted.client || last.status !== 400)
    return {
      outcome: 'wrong',
      seen: 'The sign-in service runs with other answers than those here.',
      fix: 'On the server: ./stack up.',
    };
  const provider = new URL(String(plan.answers.auth.providerUrl));
  if (to.origin !== provider.origin)
    return {
      outcome: 'not checked',
      seen: `The page leads to ${to.origin}, which is not where auth.providerUrl is (${provider.origin}).`,
      why: 'Some providers have their sign-in at another address. Anybody else there would be given people’s passwords.',
      fix: 'Open the page and look whether that is where you want to sign in.',
    };
  return { outcome: 'ok', seen: `The page leads to ${to.host}, and back to ${wanted.callback}.` };
}

function locationOf({ status, headers }: Reply): URL | undefined {
  const to = headers.location;
  return status === 302 && to !== undefined && URL.canParse(to) ? new URL(to) : undefined;
}

/**
 * Providers refuse an unknown client or redirect URI at once, before anybody has signed in.
 *
 * @param way where the page leads to
 * @param callback the redirect URI in it
 */
export async function askProvider(way: string, callback: string): Promise<Finding> {
  const { host, origin } = new URL(way);
  const about = { check: 'access', subject: origin } as const;
  try {
    const signal = AbortSignal.timeout(patience);
    const { status, body } = await fetch(way, { redirect: 'manual', signal });
    await body?.cancel();
    if (status < 400) return { ...about, outcome: 'ok', seen: 'It takes who comes from here.' };
    return {
      ...about,
      outcome: 'wrong',
      seen: `It refuses who comes from here (HTTP ${status}).`,
      why: 'It knows no such client, or not this redirect URI.',
      fix: `There, compare the client ID with auth.clientId, and enter the redirect URI ${callback}.`,
    };
  } catch (error) {
    const { cause } = error as Error;
    return {
      ...about,
      outcome: 'not checked',
      seen: `${host} does not answer this machine: ${reasonOf(cause instanceof Error ? cause : (error as Error), patience)}.`,
      why: 'People’s browsers have to reach it.',
      fix: 'Look at it from where people are.',
    };
  }
}
