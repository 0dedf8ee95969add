import type { Decisions, Environment, Service } from '../../src/blueprint.ts';
import { chart } from './chart.ts';

/** A part of the chart that is a service of the plan. */
export interface Component {
  /** What the chart calls it. */
  readonly name: string;
  /** What the plan calls it. */
  readonly service: string;
}

/** In the order in which the chart has them. */
const all: readonly Component[] = [
  { name: 'web', service: 'web' },
  { name: 'prosody', service: 'prosody' },
  { name: 'jicofo', service: 'jicofo' },
  { name: 'jvb', service: 'jvb' },
  { name: 'coturn', service: 'coturn' },
  { name: 'jibri', service: 'jibri' },
  { name: 'excalidraw', service: 'whiteboard' },
];

/** Of the chart's parts, those that these answers want. */
export function componentsOf({ services }: Pick<Decisions, 'services'>): readonly Component[] {
  return all.filter(({ service }) => services.some(({ name }) => name === service));
}

/** A service of the plan. */
export function serviceOf(
  { services }: Pick<Decisions, 'services'>,
  service: string,
): Service | undefined {
  return services.find(({ name }) => name === service);
}

/** The secrets of a component's containers: a variable, and the name of its value in `.env`. */
export function secretsOf(plan: Pick<Decisions, 'services'>, { service }: Component) {
  return Object.entries(serviceOf(plan, service)?.environment ?? {}).flatMap(([variable, value]) =>
    typeof value === 'object' ? [{ variable, name: value.secret }] : [],
  );
}

/** The chart runs values through its template language, where two braces begin something. */
export function verbatim(text: string): string {
  return text.replaceAll('{{', '{{ "{{" }}');
}

/**
 * What a component is told besides what the chart tells it: no secrets, and nothing twice.
 *
 * @param over what has another value in a cluster; `undefined` leaves it out
 */
export function variablesOf(
  plan: Pick<Decisions, 'services'>,
  { name, service }: Component,
  over: Readonly<Record<string, string | undefined>> = {},
): readonly { name: string; value: string }[] {
  const theirs = [...(chart.variables.common ?? []), ...(chart.variables[name] ?? [])];
  const ours: Environment = serviceOf(plan, service)?.environment ?? {};
  const plain = Object.entries(ours).flatMap(([variable, value]) =>
    typeof value === 'object' || theirs.includes(variable) || variable in over
      ? []
      : [{ name: variable, value: String(value) }],
  );
  const other = Object.entries(over).flatMap(([variable, value]) =>
    value === undefined ? [] : [{ name: variable, value }],
  );
  return [...plain, ...other]
    .map(({ name: variable, value }) => ({ name: variable, value: verbatim(value) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** An image as the chart wants it: in two parts. */
export function imageOf(plan: Pick<Decisions, 'services'>, service: string) {
  const image = serviceOf(plan, service)?.image ?? '';
  const colon = image.indexOf(':', image.lastIndexOf('/'));
  return { repository: image.slice(0, colon), tag: image.slice(colon + 1) };
}

/** Whether a variable of a service is on, however it is written. */
export function isOn(plan: Pick<Decisions, 'services'>, service: string, variable: string) {
  return /^(1|true)$/.test(String(serviceOf(plan, service)?.environment[variable]));
}
