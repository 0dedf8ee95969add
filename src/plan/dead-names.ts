import type { Change } from '../releases/index.ts';
import type { Plan } from './plan.ts';

/** Something that a new release makes wrong wherever an owner has written it. */
export interface DeadName {
  readonly word: string;
  readonly pattern: RegExp;
  readonly files?: RegExp;
}

/** Dead names and old ports, to be looked for in the owner's own files. */
export function deadNames(before: Plan, after: Plan, changes: readonly Change[]): DeadName[] {
  const gone = changes
    .filter(({ topic, todo, names }) => topic === 'settings' && todo !== undefined && names[0])
    .flatMap(({ names }) => names);
  const [old, now] = [webPort(before), webPort(after)];
  return [
    ...gone.map((name) => ({ word: name, pattern: new RegExp(`\\b${name}\\b`) })),
    ...(old === undefined || old === now
      ? []
      : [
          { word: `web:${old} (now ${now})`, pattern: new RegExp(`\\bweb:${old}\\b`) },
          {
            word: `container port ${old} (web has ${now} now)`,
            pattern: new RegExp(`\\d:${old}(?=["'\\s/]|$)`),
            files: /^compose\.override\./,
          },
        ]),
  ];
}

function webPort({ routes }: Plan): number | undefined {
  return routes.find(({ service }) => service === 'web')?.port;
}
