import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Catalogue, loadRelease, releaseTags, toolCatalogue } from '../catalogue.ts';
import type { ReleaseFacts } from '../facts.ts';
import { historyAfter } from '../history.ts';
import { releaseFrom } from '../release.ts';
import { compareTags, isTag } from '../tags.ts';
import { localFolder, localPath, readLocal } from './file.ts';

/**
 * The releases that a stack can be made for: those of the tool, and those that its owner has read into it. What the
 * tool knows by itself counts more: people have looked at it.
 *
 * @param stacks directories of stacks; the first one that has a release's facts counts
 * @param fresh facts that are in no stack yet; they come before all others
 */
export function openCatalogue(
  stacks: readonly string[],
  fresh: readonly ReleaseFacts[] = [],
): Catalogue {
  const sources = new Map<string, Source>();
  for (const facts of fresh) sources.set(facts.tag, { read: async () => facts });
  for (const stack of stacks)
    for (const tag of tagsIn(stack)) {
      if (releaseTags().includes(tag) || sources.has(tag)) continue;
      const file = join(stack, localPath(tag));
      sources.set(tag, { file, read: () => readLocal(file, localPath(tag), tag) });
    }
  return sources.size === 0 ? toolCatalogue : enlarged(sources);
}

interface Source {
  readonly file?: string;
  readonly read: () => Promise<ReleaseFacts>;
}

function enlarged(sources: ReadonlyMap<string, Source>): Catalogue {
  const tags = [...releaseTags(), ...sources.keys()].sort(compareTags);
  const catalogue: Catalogue = {
    tags,
    local: new Map(
      [...sources].map(([tag, { file }]) => [tag, { path: localPath(tag), ...(file && { file }) }]),
    ),
    async read(tag) {
      const facts = await sources.get(tag)?.read();
      if (facts === undefined) return toolCatalogue.read(tag);
      const before = await loadRelease(tags[tags.indexOf(tag) - 1] ?? '', catalogue);
      return { facts, history: () => historyAfter(before, releaseFrom(facts)) };
    },
  };
  return catalogue;
}

/** Files of own facts that are of no use any more, because the tool knows their releases by itself. */
export function outgrown(stack: string): string[] {
  return tagsIn(stack)
    .filter((tag) => releaseTags().includes(tag))
    .map(localPath);
}

function tagsIn(stack: string): string[] {
  const folder = join(stack, localFolder);
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => name.slice(0, -'.json'.length))
    .filter(isTag);
}
