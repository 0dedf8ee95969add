import { resolve } from 'node:path';
import { gather, requireStack } from '../gather.ts';
import { chooseDirectory } from '../wizard/directory.ts';
import type { Run } from './index.ts';

/** Creates a stack, or updates the one that is there. */
export const create: Run = async (invocation, surroundings) => {
  const { terminal } = surroundings;
  const { yes, json, check } = invocation;
  const asker =
    terminal.interactive && !yes && !json && !check ? await surroundings.asker() : undefined;
  asker?.intro('create-jitsi-stack');
  const named = await chooseDirectory(invocation, surroundings.directory, asker);
  const directory = resolve(surroundings.directory, named);
  const all = surroundings.sections;
  const gathered = gather(invocation, all, surroundings.directory, directory);
  if (check) requireStack(gathered, named);
  const place = { named, directory, gathered, all };
  if (!asker) {
    const { createUnasked } = await import('../unasked.ts');
    return createUnasked(invocation, surroundings, place);
  }
  const { createAsking } = await import('../wizard/create.ts');
  return createAsking(invocation, surroundings, place, asker);
};
