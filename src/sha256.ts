import { createRequire } from 'node:module';

const load = createRequire(import.meta.url);

/** SHA-256 of a text, in hex. Node's cryptography takes 6 ms to load, which neither the help nor the first question waits for. */
export function sha256(text: string | Buffer): string {
  const { createHash } = load('node:crypto') as typeof import('node:crypto');
  return createHash('sha256').update(text).digest('hex');
}
