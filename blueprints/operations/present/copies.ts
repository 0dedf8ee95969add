import type { Decisions } from '../../../src/blueprint.ts';

/** Copies of the backups, as the script is told of them. */
export function copiesView({ copies }: Decisions) {
  if (!copies) return { copies: false as const };
  const { program, place, at, keep, key = '', secret = '' } = copies;
  return { copies: { program, place, at, keep, key, secret, encrypts: encrypterOf(key) } };
}

/** The program that a public key is for, which has a package of almost the same name. */
function encrypterOf(key: string): 'age' | 'gpg' | '' {
  if (key === '') return '';
  return /^(?:age1|ssh-)/.test(key) ? 'age' : 'gpg';
}
