import { decidingHooks } from '../access/hooks.ts';
import { readableText } from '../readable-text.ts';
import type { Takeover } from './find-takes.ts';
import type { Take } from './take.ts';

/** Hooks come along as they are; what of them counts more than an answer, or undoes one, is said. */
export function hookNotes({ takes }: Takeover): string[] {
  const hooks = takes.filter(({ kind }) => kind === 'hook');
  const access = hooks
    .flatMap(({ from, to }) => decidingHooks(from, to))
    .map(
      ({ path, line, name, why }) =>
        `${path}, line ${line}: ${name} comes along and decides about access, whatever auth says. ${why}`,
    );
  return [...access, ...hooks.flatMap(mappingNote)];
}

/** A list that is set anew leaves out what the stack adds to it: where people with IPv6 reach the bridge. */
function mappingNote({ from, to }: Take): string[] {
  if (to !== 'jitsi/jvb/custom-jvb.conf') return [];
  // What may not be read is named when it comes to copying.
  const lines = (readableText(from) ?? '').split('\n');
  const index = lines.findIndex((line) => /^[^#]*\bstatic-mappings"?\s*[=:[]/.test(line));
  if (index === -1) return [];
  return [
    `${to}, line ${index + 1}: “static-mappings =” comes along and takes the place of all addresses at which people reach the bridge, also of what the stack writes for IPv6. Write += instead of =, and put include "stack.conf" before it; or take it out, because the stack makes the mapping of its addresses itself.`,
  ];
}
