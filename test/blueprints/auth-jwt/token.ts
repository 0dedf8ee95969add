import { createHmac } from 'node:crypto';

/** What `startProsody` gives a stack as JWT_APP_SECRET. */
export const secret = '0123456789abcdef0123456789abcdef';

/** A token (RFC 7519, HS256) with these claims. */
export function sign(claims: object, key = secret, header: object = {}): string {
  const text = [{ alg: 'HS256', typ: 'JWT', ...header }, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  return `${text}.${createHmac('sha256', key).update(text).digest('base64url')}`;
}
