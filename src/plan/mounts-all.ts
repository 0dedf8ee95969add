import type { Mount } from './plan.ts';

/**
 * What a service mounts that readies all others' directories: each top directory of the stack that one of them mounts, once and
 * writable, below `target`. Never the stack's own directory: its files and `.git` are nobody's but the owner's.
 */
export function mountsOfAll(
  target: string,
  services: readonly { readonly volumes?: readonly { readonly source: string }[] }[],
): Mount[] {
  const tops = services
    .flatMap(({ volumes = [] }) => volumes.map(({ source }) => /^\.\/([^/]+)/.exec(source)?.[1]))
    .filter((top) => top !== undefined);
  return [...new Set(tops)]
    .sort()
    .map((top) => ({ source: `./${top}`, target: `${target}/${top}`, readOnly: false }));
}
