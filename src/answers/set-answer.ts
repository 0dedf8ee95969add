import { StackError } from '../errors.ts';
import { nearest } from '../spelling.ts';
import type { Flag } from './flags.ts';

/** Answers while they are collected. */
export type Draft = Record<string, unknown>;

/** Puts a value at its place. */
export function put(draft: Draft, [first, second]: readonly string[], value: unknown): void {
  if (first === undefined) return;
  if (second === undefined) draft[first] = value;
  else draft[first] = { ...(draft[first] as Draft | undefined), [second]: value };
}

/**
 * Reads `--set KEY=VALUE`: the key is the answer's place in `jitsi-stack.json`.
 *
 * @throws StackError for a key that no answer has
 */
export function readSetting(
  text: string,
  flags: readonly Flag[],
): { path: readonly string[]; value: unknown } {
  const [, key = '', value = ''] = /^([^=]*)=(.*)$/s.exec(text) ?? [];
  const where = `--set ${text.length > 60 ? `${text.slice(0, 60)}…` : text}`;
  if (key === '') {
    throw new StackError({
      where,
      what: 'This needs a key, an equals sign and a value.',
      fix: 'For example: --set turn.mode=none',
    });
  }
  const setting = /^settings\.([^.]+)$/.exec(key)?.[1];
  if (setting !== undefined) {
    if (/^[A-Z][A-Z0-9_]*$/.test(setting)) {
      return { path: ['settings', setting], value: scalar(value) };
    }
    throw new StackError({
      where,
      what: `“${setting}” is not the name of a variable: they are in capitals, such as ENABLE_LOBBY.`,
    });
  }
  const known = ['release', ...flags.map(({ path }) => path.join('.'))];
  if (known.includes(key)) return { path: key.split('.'), value };
  const meant = nearest(key, known);
  throw new StackError({
    where,
    what: `There is no answer called “${key}”.`,
    fix: meant ? `Did you mean ${meant}?` : 'The keys are those of jitsi-stack.json; see --help.',
  });
}

/** Settings are typed as in JSON where that is what was written; all else is text. */
function scalar(text: string): string | number | boolean {
  if (text === 'true' || text === 'false') return text === 'true';
  return /^(0|-?[1-9]\d{0,14})$/.test(text) ? Number(text) : text;
}
