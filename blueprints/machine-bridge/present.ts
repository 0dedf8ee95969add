import { type Decisions, fixedAddress, isMeasured, machineView } from '../../src/blueprint.ts';

/** What the files of one further bridge print. */
export function present(plan: Decisions) {
  return {
    ...machineView(plan),
    measured: isMeasured(plan.answers),
    /** Where the control port of the bridge answers. */
    inside: isMeasured(plan.answers) ? 'the containers’ network' : 'its container',
    /** Which service it runs, and what its script calls it. */
    service: 'jvb',
    kind: 'bridge',
    /** Where it has IPv6, its address in the containers’ network. */
    inner: fixedAddress(plan.network, 'jvb', 'jvb').ipv6 ?? '',
    secrets: plan.secrets.map(({ name }) => name).join(' '),
  };
}
