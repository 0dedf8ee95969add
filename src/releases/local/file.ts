import { lstatSync, readFileSync } from 'node:fs';
import { StackError } from '../../errors.ts';
import type { ReleaseFacts } from '../facts.ts';

/** The folder of a stack that holds the facts of releases which the tool does not know. */
export const localFolder = 'releases';

const format = 1;
const about =
  'What this release of docker-jitsi-meet needs and reads, from its own files, by create-jitsi-stack releases add. Commit it with the stack.';
/** Many times the largest release so far: a wrong file should be named, not read. */
const most = 4 * 1024 * 1024;

/** Services without which no stack can be made. */
const needed = ['web', 'prosody', 'jicofo', 'jvb'];

/** Where the facts of a release lie, from the stack on. */
export function localPath(tag: string): string {
  return `${localFolder}/${tag}.json`;
}

/** One fact a line, so that the difference between two releases can be read. */
export function formatLocal(facts: ReleaseFacts): string {
  const spread = JSON.stringify({ about, format, facts }, null, 2);
  const innermost = /([[{])\n\s*([^[\]{}]*?)\n\s*([\]}])/g;
  const joined = spread.replace(
    innermost,
    (_, open: string, body: string, close: string) => open + body.replace(/\n\s*/g, ' ') + close,
  );
  return `${joined}\n`;
}

/**
 * Reads the facts of a release from a stack.
 *
 * @param file where it is
 * @param name how people know it
 * @throws {StackError} when it is not what `releases add` writes for this release
 */
export async function readLocal(file: string, name: string, tag: string): Promise<ReleaseFacts> {
  try {
    const stat = lstatSync(file);
    if (!stat.isFile()) throw new Error('This is not a regular file');
    if (stat.size > most) throw new Error('It is too large for the facts of a release');
    return await parseLocal(readFileSync(file, 'utf8'), tag);
  } catch (error) {
    throw new StackError({
      where: name,
      what: `${error instanceof Error ? error.message : error}.`,
      fix: `Bring the committed one back (git checkout -- ${name}), or read it again: npx create-jitsi-stack@latest releases add --from CHECKOUT ${tag}`,
    });
  }
}

/**
 * The facts that a text states.
 *
 * @throws {Error} with the reason why they are not those of this release
 */
export async function parseLocal(text: string, tag: string): Promise<ReleaseFacts> {
  const value = parse(text);
  if (typeof value !== 'object' || value === null || !('format' in value) || !('facts' in value))
    throw new Error('These are not the facts of a release');
  if (typeof value.format !== 'number' || value.format > format)
    throw new Error('It was written by a newer create-jitsi-stack');
  const { factsSchema } = await import('./schema.ts');
  const result = factsSchema.safeParse(value.facts);
  if (!result.success) {
    const [issue] = result.error.issues;
    throw new Error(`${['facts', ...(issue?.path ?? [])].join('.')} is not what is expected there`);
  }
  const facts = result.data as ReleaseFacts;
  if (facts.tag !== tag) throw new Error(`It holds the facts of ${facts.tag}`);
  const lacks = needed.filter((service) => facts.services[service]?.variables === undefined);
  if (lacks.length > 0) throw new Error(`It knows no image for ${lacks.join(', ')}`);
  return facts;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
}
