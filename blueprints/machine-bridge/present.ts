import { type Decisions, machineView } from '../../src/blueprint.ts';

/** What the files of one further bridge print. */
export function present(plan: Decisions) {
  return {
    ...machineView(plan),
    /** Which service it runs, and what its script calls it. */
    service: 'jvb',
    kind: 'bridge',
    secrets: plan.secrets.map(({ name }) => name).join(' '),
  };
}
