import type { Host } from '../../answers/detect/host.ts';
import type { Plan } from '../../plan/plan.ts';
import { takenPorts } from './taken-ports.ts';

/** What on its server speaks against a stack that is not there yet, in sentences, before anything is written. */
export async function serverWarnings(plan: Plan, server: Host): Promise<readonly string[]> {
  if (!server.isKnown) return [];
  const { bind, exposure, publicAddresses, lanAddresses } = plan.answers.network;
  const own = exposure === 'public' ? publicAddresses : lanAddresses;
  return [...takenPorts(plan, await server.portsInUse(), bind === 'given' ? own : [])];
}
