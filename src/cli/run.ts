import { type ExitCode, exitCode, StackError } from '../errors.ts';
import { version } from '../manifest.ts';
import { Cancelled } from './cancelled.ts';
import { commands } from './commands/index.ts';
import { refuseMistaken } from './commands/unknown.ts';
import type { CommandContext } from './context.ts';
import { helpAbout } from './help.ts';
import { readInvocation } from './invocation.ts';
import { visibleContext } from './output.ts';

/** Runs one command line and says in an exit code how it went; never throws. */
export async function run(words: readonly string[], given: CommandContext): Promise<ExitCode> {
  const context = visibleContext(given, words.includes('--details'));
  try {
    return await dispatch(words, context);
  } catch (error) {
    return explain(error, words.includes('--json'), context);
  }
}

async function dispatch(words: readonly string[], context: CommandContext): Promise<ExitCode> {
  const { print, flags } = context;
  const invocation = readInvocation(words, flags);
  if (invocation.version) {
    print(`${version()}\n`);
    return exitCode.done;
  }
  const [first = '', ...rest] = invocation.words;
  const isHelp = first === 'help';
  if (invocation.help || isHelp) {
    print(helpAbout(isHelp ? rest : invocation.words, flags, context.terminal));
    return exitCode.done;
  }
  if (Object.hasOwn(commands, first)) {
    const command = await commands[first]?.load();
    if (command) return command({ ...invocation, words: rest }, context);
  }
  refuseMistaken(first, context.directory, Object.keys(commands));
  const { create } = await import('./commands/create.ts');
  return create(invocation, context);
}

async function explain(
  error: unknown,
  json: boolean,
  { say, print, terminal }: CommandContext,
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
  const { defectText } = await import('./report/defect.ts');
  say(defectText(error));
  return exitCode.attention;
}
