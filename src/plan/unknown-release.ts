import { StackError } from '../errors.ts';
import type { Release } from '../releases/index.ts';
import type { Note, Service } from './plan.ts';
import { unmetNeeds } from './unmet-needs.ts';

/**
 * What is to be said about a release that came out after this version of the tool.
 *
 * @throws StackError when a container would stop at start for lack of a variable that nothing here sets
 */
export function unknownReleaseNotes(release: Release, services: readonly Service[]): Note[] {
  const { tag, assumedFrom, readFrom } = release;
  const warning = (text: string): Note => ({ level: 'warning', text });
  if (assumedFrom !== undefined)
    return [
      warning(
        `${tag} is newer than what this version of create-jitsi-stack knows. Its files were not read, so everything is made by the rules of ${assumedFrom}: try it before people depend on it, and run npx create-jitsi-stack@latest for a version that knows it.`,
      ),
    ];
  if (readFrom === undefined) return [];
  const found = unmetNeeds(services, release);
  const lacking = found.filter(({ kind }) => kind === 'variable');
  if (lacking.length > 0)
    throw new StackError(
      lacking.map(({ service, name }) => ({
        where: readFrom,
        what: `${service} of ${tag} does not start without ${name}, and nothing here sets it.`,
        fix: `Set it (--set settings.${name}=…), or run npx create-jitsi-stack@latest for a version that knows ${tag}.`,
      })),
    );
  return [
    warning(
      `${tag} is newer than what this version of create-jitsi-stack knows. Its facts were read from its own files and are in ${readFrom}; what they do not show, nobody has looked at: try it before people depend on it.`,
    ),
    ...found.map(({ service, name }) =>
      warning(
        `${service} of ${tag} has a directory ${name} that this version mounts nothing into: what is written there is lost with the container. compose.override.yaml can mount it.`,
      ),
    ),
  ];
}
