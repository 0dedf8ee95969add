/** A program that brings a directory up to date: `node driver.mjs JOB.json`. Prints the outcome, or what was refused. */
import { readFileSync } from 'node:fs';
import { type SyncOptions, sync } from '../../../src/sync/index.ts';
import type { Generated } from '../../../src/sync/types.ts';

export interface Job {
  readonly directory: string;
  readonly generated: Generated;
  readonly options: SyncOptions;
}

const { directory, generated, options } = JSON.parse(
  readFileSync(process.argv[2] ?? '', 'utf8'),
) as Job;
const generation = { ...generated, generate: async () => generated };
try {
  process.stdout.write((await sync(directory, generation, options)).outcome);
} catch (error) {
  process.stdout.write(`refused: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 2;
}
