import { parseArgs } from 'node:util';
import type { Flag } from '../answers/flags.ts';
import type { Given } from '../answers/gather.ts';
import { type Draft, put, readSetting } from '../answers/set-answer.ts';
import { StackError } from '../errors.ts';
import { nearest } from '../spelling.ts';
import { options } from './options.ts';

/** What the command line asks for. */
export interface Invocation extends Given {
  /** Everything as it was typed. */
  readonly typed: readonly string[];
  /** Words that are not options. */
  readonly words: readonly string[];
  /** A clone of docker-jitsi-meet. */
  readonly from?: string;
  /** Files that Compose is given instead of `.env`. */
  readonly envFiles: readonly string[];
  readonly yes: boolean;
  readonly dryRun: boolean;
  readonly check: boolean;
  readonly json: boolean;
  /** Show everything, however long it is. */
  readonly details: boolean;
  readonly git: boolean;
  readonly reconfigure: boolean;
  readonly markers: boolean;
  readonly help: boolean;
  readonly version: boolean;
  readonly mine: readonly string[];
  readonly new: readonly string[];
}

/**
 * Reads the command line.
 *
 * @throws StackError for an option that does not exist or lacks its value
 */
export function readInvocation(words: readonly string[], flags: readonly Flag[]): Invocation {
  const { values, positionals } = parse(words, flags);
  const text = (name: string) => values[name] as string | undefined;
  const list = (name: string) => (values[name] ?? []) as string[];
  const on = (name: string) => values[name] === true;

  const answers: Draft = {};
  const given = new Map<string, string>();
  for (const setting of list('set')) {
    const { path, value } = readSetting(setting, flags);
    put(answers, path, value);
    given.set(path.join('.'), '--set');
  }
  if (text('release') !== undefined) {
    put(answers, ['release'], text('release'));
    given.set('release', '--release');
  }
  for (const { name, path, kind } of flags) {
    const typed = list(name);
    if (typed.length === 0) continue;
    const joined = isList(kind) ? typed.join(',') : typed.at(-1);
    put(answers, path, isList(kind) && kind !== 'addresses' && joined === 'none' ? '' : joined);
    given.set(path.join('.'), `--${name}`);
  }
  const file = text('answers');
  const from = text('from');
  return {
    typed: words,
    words: positionals,
    answers,
    given,
    ...(file !== undefined && { answersFile: file }),
    ...(from !== undefined && { from }),
    envFiles: list('env-file'),
    yes: on('yes'),
    dryRun: on('dry-run'),
    check: on('check'),
    json: on('json'),
    details: on('details'),
    git: !on('no-git'),
    reconfigure: on('reconfigure'),
    markers: on('markers'),
    help: on('help'),
    version: on('version'),
    mine: list('mine'),
    new: list('new'),
  };
}

function parse(words: readonly string[], flags: readonly Flag[]) {
  const config: Record<string, { type: 'string' | 'boolean'; multiple: boolean; short?: string }> =
    {};
  for (const { name } of flags) config[name] = { type: 'string', multiple: true };
  for (const [name, option] of Object.entries(options)) {
    config[name] = {
      type: 'argument' in option ? 'string' : 'boolean',
      multiple: 'multiple' in option,
      ...('short' in option && { short: option.short }),
    };
  }
  try {
    return parseArgs({
      args: spellOutSwitches(words, flags),
      options: config,
      allowPositionals: true,
    });
  } catch (error) {
    throw refusal(error, Object.keys(config));
  }
}

/** `--auth-guests` and `--no-auth-guests` with a value: the parser knows switches without one only. */
function spellOutSwitches(words: readonly string[], flags: readonly Flag[]): string[] {
  const switches = new Set(flags.filter(({ kind }) => kind === 'boolean').map((f) => f.name));
  const end = words.indexOf('--');
  return words.map((word, index) => {
    if (end !== -1 && index > end) return word;
    const [, no, name = ''] = /^--(no-)?([a-z0-9-]+)$/.exec(word) ?? [];
    if (!switches.has(name)) return word;
    if (no) return `--${name}=false`;
    return /^(true|false|yes|no|1|0)$/.test(words[index + 1] ?? '') ? word : `--${name}=true`;
  });
}

function isList(kind: Flag['kind']): boolean {
  return kind === 'choices' || kind === 'addresses' || kind === 'machines';
}

function refusal(error: unknown, names: readonly string[]): unknown {
  const { code, message } = error as NodeJS.ErrnoException;
  const name = /--?[^\s',=]+/.exec(message ?? '')?.[0] ?? '';
  switch (code) {
    case 'ERR_PARSE_ARGS_UNKNOWN_OPTION': {
      const meant = nearest(name.replace(/^-+/, ''), names);
      return new StackError({
        what: `There is no option ${name}.`,
        fix: meant ? `Did you mean --${meant}?` : '--help lists them all.',
      });
    }
    case 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE': {
      const needs = !/does not take an argument/.test(message);
      const long = /--[^\s',=]+/.exec(message)?.[0] ?? name;
      return new StackError({
        what: needs ? `${long} needs a value.` : `${long} takes no value.`,
        ...(needs && { fix: `A value that starts with a dash is written ${long}=-…` }),
      });
    }
    default:
      return error;
  }
}
