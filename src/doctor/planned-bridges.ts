import type { Plan, PlannedMachine } from '../plan/plan.ts';

/** The bridges on further machines: people send to them, and a recorder answers nobody. */
export function plannedBridges({ machines = [] }: Plan): readonly PlannedMachine[] {
  return machines.filter(({ runs }) => runs === 'bridge');
}
