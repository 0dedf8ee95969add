import { sha256 } from '../../src/blueprint.ts';

/** A UUID (version 8 of RFC 9562) that is always the same for the same text: a second import replaces, it does not add. */
export function uuidOf(text: string): string {
  const digits = sha256(text);
  return [
    digits.slice(0, 8),
    digits.slice(8, 12),
    `8${digits.slice(13, 16)}`,
    `a${digits.slice(17, 20)}`,
    digits.slice(20, 32),
  ].join('-');
}
