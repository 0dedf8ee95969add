// A sign-in on its way: what was sent to the provider is kept in the browser that began it, sealed with a key that this
// process alone has. No other browser can end it, nobody can end it twice, and floods fill no memory here.
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { EncryptJWT, jwtDecrypt } from 'jose';

const key = randomBytes(32);
const minutes = 10;
/** Attempts of one browser at a time: tabs with several rooms. */
const tabs = 5;
/** Used attempts are remembered until they would have run out; the oldest go first. */
const remembered = 20_000;
const used = new Map();

const prefix = '__Host-oidc-';
const traits = 'Path=/; Secure; HttpOnly; SameSite=Lax';
const nameOf = (state) => `${prefix}${state.slice(0, 16)}`;

export const attempts = {
  /**
   * @param secrets `state`, `nonce`, `verifier` and the place that somebody wants to go to
   * @param header the browser's cookies
   * @returns cookies to set
   */
  async start(secrets, header) {
    const sealed = await new EncryptJWT(secrets)
      .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
      .setExpirationTime(`${minutes}m`)
      .encrypt(key);
    const cookie = `${nameOf(secrets.state)}=${sealed}; ${traits}; Max-Age=${minutes * 60}`;
    const others = [...cookiesOf(header).keys()].filter((name) => name.startsWith(prefix));
    return [...others.slice(0, Math.max(0, others.length + 1 - tabs)).map(expired), cookie];
  },

  /** The attempt that this browser began with this state; null for any other, and for one that was ended before. */
  async finish(state, header) {
    if (!/^[A-Za-z0-9_-]{43}$/.test(state ?? '') || used.has(state)) return null;
    const sealed = cookiesOf(header).get(nameOf(state));
    if (!sealed) return null;
    const opened = await jwtDecrypt(sealed, key).catch(() => null);
    if (!opened || !same(String(opened.payload.state), state) || used.has(state)) return null;
    remember(state);
    return opened.payload;
  },

  /** The cookie that ends it in the browser. */
  forget: (state) => expired(nameOf(state)),
};

const expired = (name) => `${name}=; ${traits}; Max-Age=0`;

function same(one, other) {
  return one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));
}

function remember(state) {
  const now = Date.now();
  for (const [old, until] of used) {
    if (until > now && used.size < remembered) break;
    used.delete(old);
  }
  used.set(state, now + minutes * 60_000);
}

function cookiesOf(header) {
  return new Map(
    header.split(';').flatMap((part) => {
      const [name, value] = part.trim().split('=', 2);
      return /^[A-Za-z0-9_-]+$/.test(name) && /^[A-Za-z0-9_.-]+$/.test(value ?? '')
        ? [[name, value]]
        : [];
    }),
  );
}
