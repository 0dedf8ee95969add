import { resolve } from 'node:path';
import { gather, requireStack } from '../../answers/gather.ts';
import { StackError } from '../../errors.ts';
import { Back } from '../cancelled.ts';
import { chooseDirectory, placeProblem } from '../wizard/directory.ts';
import type { RunCommand } from './command.ts';

/** Creates a stack, or updates the one that is there. */
export const create: RunCommand = async (invocation, context) => {
  const { terminal } = context;
  const { yes, json, check, envFiles } = invocation;
  if (envFiles.length > 0)
    throw new StackError({
      where: `--env-file ${envFiles[0]}`,
      what: 'It belongs to adopt: it names the file with the values of an existing installation.',
      fix: 'To give answers, use --answers FILE; secrets go into .env.',
    });
  const asker = terminal.interactive && !yes && !json && !check ? await context.asker() : undefined;
  asker?.intro('create-jitsi-stack');
  asker?.tell('Enter: next. Esc: back. Ctrl-C: quit. Nothing is written until you agree.');
  let preferred: string | undefined;
  for (;;) {
    const named = await chooseDirectory(invocation, context.directory, asker, preferred);
    // Before anything is asked that would be lost.
    const problem = asker && placeProblem(named, context.directory);
    if (problem) throw new StackError({ where: named, what: problem });
    const directory = resolve(context.directory, named);
    const sections = await context.sections();
    const gathered = await gather(invocation, sections, context.directory, directory);
    if (check) requireStack(gathered, named);
    const target = { named, directory, gathered, sections };
    if (!asker) {
      const { createNonInteractive } = await import('../non-interactive.ts');
      return createNonInteractive(invocation, context, target);
    }
    const { createInteractive } = await import('../interactive.ts');
    try {
      return await createInteractive(invocation, context, target, asker);
    } catch (error) {
      // Where the directory was asked, Esc at the next question leads back to it.
      if (!(error instanceof Back) || invocation.words.length > 0 || gathered.existing) throw error;
      preferred = named;
    }
  }
};
