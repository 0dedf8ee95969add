import { parseAllDocuments } from 'yaml';
import { run } from '../lab/process.ts';
import { identity, openStack, type Stack } from '../lab/stack.ts';
import { placeChart, replaceChart } from './chart.ts';
import { networks } from './machines.ts';
import { domain } from './names.ts';
import { storageClass } from './storage.ts';

/** What the owner answers first. */
export const answers = {
  domain,
  runs: 'kubernetes',
  certificates: { source: 'own' },
  auth: { mode: 'internal', guests: 'wait', moderators: 'signed-in' },
  extras: ['whiteboard'],
  turn: { mode: 'coturn' },
  kubernetes: {
    pods: networks.pods,
    storageClass,
    bridges: 2,
    // The stand-in for a bridge asks nobody for its address.
    bridgeAddress: 'node',
  },
} as const;

/** Whoever has the stack's repository, and a cluster. */
export interface Owner {
  readonly stack: Stack;
  /** Runs the tool, over nothing or over what is there. */
  readonly answer: (raw: object) => Promise<void>;
  /** All objects, as the command of the README prints them. */
  readonly render: () => Promise<string>;
  /** What the plan has to be typed, as it stands there. */
  readonly commands: () => readonly string[];
}

/**
 * Somebody with a stack in a directory, or with none yet.
 *
 * @param chartFolder a clone of the chart; without one, what it makes has stand-ins of the same names and labels
 */
export function openOwner(
  directory: string,
  env: NodeJS.ProcessEnv,
  chartFolder: string | undefined,
): Owner {
  const stack = openStack(directory, () => env);
  return {
    stack,
    answer: async (raw) => {
      await stack.generate(raw);
      if (chartFolder !== undefined) return placeChart(directory, chartFolder);
      replaceChart(directory);
      // The next update merges with what is committed.
      await run('git', ['-C', directory, 'add', '--all'], { env: identity });
      const commit = ['-C', directory, 'commit', '--quiet', '--allow-empty', '-m', 'no chart'];
      await run('git', commit, { env: identity });
    },
    render: () => run('sh', ['-c', 'kustomize build --enable-helm .'], { cwd: directory, env }),
    commands: () =>
      stack
        .plan()
        .steps.filter(({ phase }) => phase === 'start')
        .flatMap(({ command }) => command?.split('\n') ?? []),
  };
}

/** Images that objects name. */
export function imagesIn(objects: string): string[] {
  return [...objects.matchAll(/^\s*(?:- )?image: (\S+)$/gm)].map(([, image = '']) => image);
}

/** Objects of a text in YAML. */
export function objectsOf(text: string): readonly { kind: string; metadata: { name: string } }[] {
  return parseAllDocuments(text).map((document) => document.toJS());
}
