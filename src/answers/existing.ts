import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readableText } from '../readable-text.ts';
import { isRecord, type RawAnswers } from './complete.ts';
import { forgetDerived } from './derived.ts';
import { modernise } from './file/versions.ts';
import type { Section } from './sections.ts';

/**
 * The answers of the stack in a directory, as its owner left them and its last update understood them: with the name and
 * bridge that it has so far, where it is older than these answers, and without what followed from an answer that the
 * owner has changed since.
 */
export async function existingAnswers(
  sections: readonly Section[],
  directory: string,
  answers: RawAnswers,
): Promise<RawAnswers> {
  const { readLock } = await import('../sync/lock/lock.ts');
  // A damaged lock is refused where it is needed, with what to do about it.
  const lock = await readLock(directory).catch(() => undefined);
  const generated = (path: string) => lock?.files.get(path)?.text;
  const compose = [readableText(join(directory, 'compose.yaml')), generated('compose.yaml')];
  const named = await withIdentity(answers, directory, compose);
  const before = parse(generated('jitsi-stack.json'));
  return before ? forgetDerived(sections, before, named) : named;
}

/** A stack that runs is found by its name, so an older one keeps the one that it was started with, whatever its domain. */
async function withIdentity(
  answers: RawAnswers,
  directory: string,
  composeFiles: readonly (string | undefined)[],
): Promise<RawAnswers> {
  const network = isRecord(answers.network) ? answers.network : {};
  if (answers.name !== undefined && network.bridge !== undefined) return answers;
  const { readIdentity } = await import('./identity.ts');
  const found = await Promise.all(composeFiles.map((text) => readIdentity(text ?? '')));
  const name =
    answers.name ??
    ((await projectInEnv(directory)) || found.find((one) => one.name !== undefined)?.name);
  const bridge = network.bridge ?? found.find((one) => one.bridge !== undefined)?.bridge;
  return {
    ...answers,
    ...(name !== undefined && { name }),
    ...(bridge !== undefined && { network: { ...network, bridge } }),
  };
}

/** Compose goes by this variable of `.env` before it reads `name` in compose.yaml. */
async function projectInEnv(directory: string): Promise<string | undefined> {
  const { lastOf, parseEnv } = await import('../env-file.ts');
  try {
    const text = readFileSync(join(directory, '.env'), 'utf8');
    const found = lastOf(parseEnv(text), 'COMPOSE_PROJECT_NAME');
    const name = found && text.slice(found.start, found.end).replace(/^(["'])(.*)\1$/, '$2');
    // As Compose reads it.
    const plain = name?.toLowerCase().replace(/[^a-z0-9_-]/g, '');
    return plain?.replace(/^[_-]+/, '');
  } catch {
    // What is wrong with that file is said where its secrets are needed.
    return undefined;
  }
}

function parse(text: string | undefined): RawAnswers | undefined {
  if (text === undefined) return undefined;
  const answers: unknown = JSON.parse(text);
  return isRecord(answers) ? modernise(answers).answers : undefined;
}
