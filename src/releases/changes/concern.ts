import type { Change } from './change.ts';

/** What a stack has that changes may concern. */
export interface StackProfile {
  /** Names of its services. */
  readonly services: ReadonlySet<string>;
  /** Variables that its owner has set. */
  readonly settings: ReadonlySet<string>;
  /** Every variable that its containers are given. */
  readonly environment: ReadonlyMap<string, unknown>;
}

/** Whether a change makes a difference to this stack. */
export function concerns(
  { topic, services, names, unset }: Change,
  { services: here, settings, environment }: StackProfile,
): boolean {
  if (services.length > 0 && !services.some((name) => here.has(name))) return false;
  if (names.length === 0) return true;
  if (topic === 'settings') return names.some((name) => settings.has(name));
  if (unset) return !names.some((name) => environment.has(name));
  return !names.some((name) => isOff(environment.get(name)));
}

function isOff(value: unknown): boolean {
  return value === false || value === 0 || value === '0' || value === 'false';
}
