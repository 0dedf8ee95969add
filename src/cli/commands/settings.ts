import { type Problem, StackError } from '../../errors.ts';
import { refusedSettings, stackIn } from '../../inspect.ts';
import {
  checkSettings,
  findRelease,
  type KnownSetting,
  knownSettings,
  newestRelease,
  type Release,
  readersOf,
} from '../../releases/index.ts';
import { nearest } from '../../spelling.ts';
import { settingsText } from '../report/settings.ts';
import type { RunCommand } from './command.ts';

/** Lists what can be set in `settings`: for the stack here, or for the newest release. A word narrows the list. */
export const settings: RunCommand = async (invocation, context) => {
  const [word, ...more] = invocation.words;
  if (more.length > 0)
    throw new StackError({ what: 'settings takes one word.', fix: 'For example: settings mute' });
  const stack = await stackIn(context.directory, invocation, context);
  const tag = stack?.plan.release.tag ?? newestRelease;
  const release = await findRelease(tag, stack?.catalogue);
  const all = knownSettings(release);
  const refused = stack ? await refusedSettings(stack, all) : new Map<string, Problem>();
  const found = all
    .filter(({ name }) => !refused.has(name))
    .filter((one) => word === undefined || speaksOf(one, word));
  if (found.length === 0) throw nothingFound(word ?? '', all, refused, release);
  const own = stack?.plan.answers.settings ?? {};
  const rows = found.map((one) => ({
    ...one,
    ...(Object.hasOwn(own, one.name) && { value: own[one.name] }),
  }));
  const { print, terminal } = context;
  print(
    invocation.json
      ? `${JSON.stringify(rows, null, 2)}\n`
      : settingsText({ rows, tag, narrowed: word !== undefined }, terminal),
  );
  return 0;
};

function speaksOf({ name, about = '' }: KnownSetting, word: string): boolean {
  return `${name} ${about}`.toLowerCase().includes(word.toLowerCase());
}

function nothingFound(
  word: string,
  all: readonly KnownSetting[],
  refused: ReadonlyMap<string, Problem>,
  release: Release,
): StackError {
  const name = word.toUpperCase();
  const [problem] = refused.has(name)
    ? [refused.get(name)]
    : readersOf(release, name).length > 0
      ? checkSettings(release, { [name]: true })
      : [];
  if (problem) return new StackError(problem);
  const words = all.flatMap((one) => [one.name, ...one.name.split('_')]);
  const meant = nearest(name, new Set(words.filter((one) => one.length > 2)));
  return new StackError({
    what: `No setting has “${word}” in its name or description.`,
    fix: meant
      ? `Did you mean ${meant}?`
      : 'Try a shorter word, or look through all of them: npx create-jitsi-stack@latest settings --json',
  });
}
