import { unreached } from './unreached.ts';

/** Milliseconds for the keys of a sign-in service. */
const patience = 5000;

/**
 * Fetches the keys that a sign-in service publishes (a JWKS, RFC 7517) as Jitsi would.
 *
 * @returns what is wrong with them for Jitsi, in sentences; undefined where nothing is
 */
export async function tryKeys(url: string): Promise<string | undefined> {
  const its = `The keys at ${url}`;
  let text: string;
  let age: string | undefined;
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(patience) });
    if (!answer.ok)
      return `${its}: it answers ${answer.status}. Give the address of the JWKS: --auth-keys-url.`;
    text = await answer.text();
    age = /max-age=(\d+)/.exec(answer.headers.get('cache-control') ?? '')?.[1];
  } catch (error) {
    const { cause, message } = error as Error & { cause?: { code?: string } };
    return `${its} cannot be fetched from here (${cause?.code ?? message}). ${unreached}`;
  }
  const keys = keysIn(text);
  if (keys === undefined)
    return `What stands at ${url} is no JWKS. Give its address: --auth-keys-url.`;
  if (!keys.some(isUsable))
    return `None of the ${keys.length} keys at ${url} can be used: Jitsi takes RS256 only, so nobody’s token would be good. Have the service sign with RS256.`;
  const foreign = keys.find(stopsJitsi);
  if (foreign)
    return `Jitsi stops reading ${url} at a key that is not RSA (${kidOf(foreign)}): it takes in none behind it, and never looks again. Have the service publish RSA keys alone there, or choose --auth oidc.`;
  // Jitsi fetches them anew after that time.
  if (age !== undefined && Number(age) === 0)
    return `The answer of ${url} says max-age=0: Jitsi would fetch the keys again and again without a pause. Have the service say something else there, or choose --auth oidc.`;
  return undefined;
}

function keysIn(text: string): readonly unknown[] | undefined {
  try {
    const { keys } = JSON.parse(text);
    return Array.isArray(keys) ? keys : undefined;
  } catch {
    return undefined;
  }
}

/** RFC 7517: what a key is for, and with which algorithm, may be left out. */
function isUsable(key: unknown): boolean {
  const { kty, use = 'sig', alg = 'RS256', kid } = Object(key);
  return kty === 'RSA' && use === 'sig' && alg === 'RS256' && typeof kid === 'string';
}

/** Jitsi makes an RSA key of each that has an id (token/jwk.lib.lua), and fails where there is no modulus. */
function stopsJitsi(key: unknown): boolean {
  const { kid, n } = Object(key);
  return kid !== undefined && typeof n !== 'string';
}

const kidOf = (key: unknown) => String(Object(key).kid).slice(0, 60);
