import {
  centralBridge,
  defineBlueprint,
  isMeasured,
  type Machine,
  machinesOf,
} from '../../src/blueprint.ts';

/** What the central machine has for further ones: a way in to prosody, its certificate, and relays between the bridges. */
export const machines = defineBlueprint({
  id: 'machines',
  title: 'Further machines',
  order: 21,
  applies: (answers) => machinesOf(answers).length > 0,
  formats: { 'jitsi/prosody/certs/.gitignore': 'patterns' },
  contribute({ answers }) {
    const all = machinesOf(answers);
    const names = all.map(({ name }) => name);
    return {
      environment: {
        jvb: {
          ENABLE_OCTO: true,
          JVB_MUC_NICKNAME: centralBridge,
          JVB_OCTO_REGION: 'all',
          JVB_OCTO_RELAY_ID: centralBridge,
        },
        jicofo: {
          ENABLE_OCTO: true,
          OCTO_BRIDGE_SELECTION_STRATEGY: 'RegionBasedBridgeSelectionStrategy',
          // The monitoring has it too.
          ...(!isMeasured(answers) && { JICOFO_ENABLE_REST: true }),
        },
      },
      mounts: { jicofo: [{ source: './jitsi/bridges', target: '/bridges' }] },
      standing: { service: 'jicofo', command: ['sh', '/bridges/seen.sh'] },
      endpoints: [
        {
          name: 'xmpp-machines',
          protocol: 'tcp',
          port: 5222,
          answer: 'machines',
          from: 'machines',
          sources: all.map(({ name, address, answeredAt, routed }) => ({
            machine: name,
            ...{ address, answeredAt, routed },
          })),
          service: 'prosody',
          forward: all.some(({ routed }) => routed),
          purpose: 'XMPP, for the bridges on further machines',
        },
      ],
      links: linksOf(all),
      steps: [
        {
          phase: 'after',
          repeat: 'ports',
          title: `Start the further machines (${names.join(', ')})`,
          detail:
            'After ./stack up here, the folder of each in machines/ has all that it needs. Its README has the three steps.',
        },
      ],
      notes: [
        {
          level: 'info',
          text: `${all.length + 1} bridges carry the meetings: the one on this server, and ${names.join(', ')}. All have to run the same release; update them one after the other, as their READMEs say.`,
        },
      ],
      files: {
        'jitsi/bridges/seen.sh': { executable: true },
        // Parts of the stack script.
        'stack.d/machines.sh': { absent: true },
        'stack.d/bridges.sh': { absent: true },
      },
      troubles: [
        {
          symptom: 'A further bridge is healthy, and no meeting ever goes through it.',
          cause:
            'Its health says nothing of whether it has signed in here: 5222/tcp may be closed on the way, or its folder is of before a new certificate or password.',
          fix: 'Run ./stack up here, copy its folder again, and run ./stack up there, which says whether it has signed in.',
        },
      ],
    };
  },
  present: ({ answers }) => ({
    names: [centralBridge, ...machinesOf(answers).map(({ name }) => name)].join(' '),
  }),
});

/** More than these are one box in the drawings. */
const drawn = 6;

/** People send to each bridge, and each signs in here. One that comes through the router stands elsewhere than behind it. */
function linksOf(all: readonly Machine[]) {
  if (all.length > drawn) {
    return [{ from: `${all.length}-machines`, to: 'prosody', label: '5222/tcp' }];
  }
  return all.flatMap(({ name, port, routed }) => [
    ...(routed ? [] : [{ from: 'outside', to: name, label: `${port}/udp of ${name}` }]),
    { from: name, to: 'prosody', label: '5222/tcp' },
  ]);
}
