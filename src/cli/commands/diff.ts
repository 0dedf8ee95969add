import { resolve } from 'node:path';
import { gather, requireStack } from '../gather.ts';
import { exitCodeOf, resultJson } from '../report/result.ts';
import { runUnasked } from '../unasked.ts';
import { chooseDirectory } from '../wizard/directory.ts';
import type { Run } from './index.ts';

/** Shows what a run would change, and nothing else. */
export const diff: Run = async (invocation, surroundings) => {
  const call = { ...invocation, dryRun: true };
  const named = await chooseDirectory(call, surroundings.directory, undefined);
  const directory = resolve(surroundings.directory, named);
  const all = surroundings.sections;
  const gathered = gather(call, all, surroundings.directory, directory);
  requireStack(gathered, named);
  const place = { named, directory, gathered, all };
  const { decided, report } = await runUnasked(call, surroundings, place);
  if (call.json) surroundings.print(resultJson({ ...place, ...decided, report, invocation: call }));
  else if (report.diff) surroundings.print(report.diff);
  return exitCodeOf(report, call);
};
