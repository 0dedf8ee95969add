import { resolve } from 'node:path';
import { gather, requireStack } from '../../answers/gather.ts';
import { runNonInteractive } from '../non-interactive.ts';
import { exitCodeOf, resultJson } from '../report/result.ts';
import { chooseDirectory } from '../wizard/directory.ts';
import type { RunCommand } from './command.ts';

/** Shows what a run would change, and nothing else. */
export const diff: RunCommand = async (invocation, context) => {
  const call = { ...invocation, dryRun: true };
  const named = await chooseDirectory(call, context.directory, undefined);
  const directory = resolve(context.directory, named);
  const sections = await context.sections();
  const gathered = await gather(call, sections, context.directory, directory);
  requireStack(gathered, named);
  const target = { named, directory, gathered, sections };
  const { decided, report } = await runNonInteractive(call, context, target);
  if (call.json) context.print(resultJson({ ...target, ...decided, report, invocation: call }));
  else if (report.diff) context.print(report.diff);
  return exitCodeOf({ report, invocation: call });
};
