import { join } from 'node:path';
import { decidingInHocon, decidingInLua } from '../access/lines.ts';
import { deciderOf } from '../access/variables.ts';
import type { Stated } from '../adopt/evidence.ts';
import { readYaml, type YamlFile } from '../adopt/read/yaml.ts';
import { StackError } from '../errors.ts';
import type { Plan } from '../plan/plan.ts';
import { readableText } from '../readable-text.ts';
import type { AccessAudit, Undone } from './undone.ts';
import { undoneIn } from './variables.ts';

/** The owner's values for the chart, which win over those that follow from the answers. */
export const ownValues = 'kubernetes/values.own.yaml';
const planned = 'kubernetes/values.yaml';

type Values = Readonly<Record<string, unknown>>;

/** What the chart's own switches are to Jitsi's images. */
const switches = { enableAuth: 'ENABLE_AUTH', enableGuests: 'ENABLE_GUESTS' } as const;

/** What the owner's values for the chart decide about access, beside the generated ones. */
export function undoneInCluster(directory: string, plan: Plan): AccessAudit {
  const text = readableText(join(directory, ownValues));
  if (text === undefined) return { undone: [], unread: [] };
  try {
    const own = readYaml(text, ownValues);
    const values = valuesIn(own.value);
    const decided = valuesIn(readYaml(readableText(join(directory, planned)) ?? '', planned).value);
    const switched = Object.entries(switches).flatMap(([name, variable]): Undone[] => {
      if (!(name in values) || values[name] === decided[name]) return [];
      const why = deciderOf(variable)?.why ?? '';
      return [{ path: ownValues, line: own.lineOf([name]), name, why }];
    });
    const given = ['web', 'prosody', 'jicofo'].flatMap((service) =>
      undoneInService(service, own, valuesIn(decided[service]), plan),
    );
    return { undone: [...switched, ...given], unread: [] };
  } catch (error) {
    if (!(error instanceof StackError)) throw error;
    return { undone: [], unread: error.problems };
  }
}

/** A service's variables, and the configuration that the chart puts into its container. */
function undoneInService(
  service: string,
  own: YamlFile,
  decided: Values,
  { answers }: Plan,
): Undone[] {
  const values = valuesIn(valuesIn(own.value)[service]);
  const stated = Object.entries(valuesIn(values.extraEnvs)).map(([name, value]) => {
    const line = own.lineOf([service, 'extraEnvs', name]);
    return [name, { value: String(value ?? ''), evidence: { file: ownValues, line } }] as const;
  });
  const before = Object.entries(valuesIn(decided.extraEnvs)).map(
    ([name, value]) => [name, String(value)] as const,
  );
  const evidence = { file: planned };
  const given = new Map<string, Stated>([
    ...before.map(([name, value]) => [name, { value, evidence }] as const),
    ...stated,
  ]);
  const variables = undoneIn(service, {
    given,
    decided: Object.fromEntries(before),
    env: new Map(),
    chosen: answers.auth,
  });
  const read = { prosody: decidingInLua, jicofo: decidingInHocon }[service];
  const line = own.lineOf([service, 'custom']);
  const configured = read === undefined ? [] : read(textsIn(values.custom).join('\n'));
  return [...variables, ...configured.map((one) => ({ ...one, path: ownValues, line }))];
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return Object.values(valuesIn(value)).flatMap(textsIn);
}

function valuesIn(value: unknown): Values {
  return typeof value === 'object' && value !== null ? (value as Values) : {};
}
