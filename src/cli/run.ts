import { type ExitCode, exitCode, StackError } from '../errors.ts';
import { version } from '../version.ts';
import { Cancelled } from './cancelled.ts';
import { create } from './commands/create.ts';
import { commands } from './commands/index.ts';
import { readInvocation } from './invocation.ts';
import type { Surroundings } from './surroundings.ts';

/** Runs one command line and says in an exit code how it went; never throws. */
export async function run(words: readonly string[], surroundings: Surroundings): Promise<ExitCode> {
  try {
    return await dispatch(words, surroundings);
  } catch (error) {
    return explain(error, words.includes('--json'), surroundings);
  }
}

async function dispatch(words: readonly string[], surroundings: Surroundings): Promise<ExitCode> {
  const { print } = surroundings;
  const all = surroundings.sections;
  const invocation = readInvocation(words, all);
  if (invocation.version) {
    print(`${version()}\n`);
    return exitCode.done;
  }
  if (invocation.help) {
    const { helpText } = await import('./help.ts');
    print(helpText(all));
    return exitCode.done;
  }
  const [first = '', ...rest] = invocation.words;
  if (Object.hasOwn(commands, first)) {
    const command = await commands[first]?.load();
    if (command) return command({ ...invocation, words: rest }, surroundings);
  }
  return create(invocation, surroundings);
}

async function explain(
  error: unknown,
  json: boolean,
  { say, print, terminal }: Surroundings,
): Promise<ExitCode> {
  if (error instanceof Cancelled) {
    say('Cancelled; nothing was written.\n');
    return exitCode.cancelled;
  }
  if (error instanceof StackError) {
    const { problemText } = await import('./report/problems.ts');
    say(`${problemText(error.problems, terminal)}\n`);
    if (json) {
      const { problems, data } = error;
      print(`${JSON.stringify({ outcome: 'refused', problems, ...data }, null, 2)}\n`);
    }
    return error.exitCode;
  }
  const stack = error instanceof Error ? error.stack : String(error);
  say(
    `This is a defect of create-jitsi-stack ${version()}, not a mistake of yours. Please report it with these lines\n` +
      `(and without secrets), for example with \`npm bugs create-jitsi-stack\`:\n\n${stack}\n`,
  );
  return exitCode.attention;
}
