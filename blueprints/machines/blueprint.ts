import {
  centralBridge,
  defineBlueprint,
  furtherBridges,
  furtherRecorders,
  isMeasured,
  type Machine,
  machinesOf,
  mostDrawn,
} from '../../src/blueprint.ts';

/** What the central machine has for further ones: a way in to prosody, its certificate, and relays between the bridges. */
export const machines = defineBlueprint({
  id: 'machines',
  title: 'Further machines',
  order: 21,
  applies: (answers) => machinesOf(answers).length > 0,
  ownersPlaces: [
    {
      path: 'machines',
      about: 'what is added to further machines',
      edit: 'machines/*/compose.override.yaml',
    },
  ],
  formats: { 'jitsi/prosody/certs/.gitignore': 'patterns' },
  contribute({ answers }) {
    const all = machinesOf(answers);
    const bridges = furtherBridges(answers);
    const recorders = furtherRecorders(answers);
    const names = all.map(({ name }) => name);
    return {
      environment: {
        ...(bridges.length > 0 && { jvb: relays }),
        jicofo: {
          ...(bridges.length > 0 && {
            ENABLE_OCTO: true,
            OCTO_BRIDGE_SELECTION_STRATEGY: 'RegionBasedBridgeSelectionStrategy',
          }),
          // The monitoring has it too.
          ...(!isMeasured(answers) && { JICOFO_ENABLE_REST: true }),
        },
      },
      mounts: { jicofo: [{ source: './jitsi/machines', target: '/machines' }] },
      standing: { service: 'jicofo', command: ['sh', '/machines/seen.sh'] },
      endpoints: [
        {
          name: 'xmpp-machines',
          protocol: 'tcp',
          port: 5222,
          answer: 'machines',
          from: 'machines',
          sources: all.map(({ name, comesFrom, answeredAt, routed }) => ({
            machine: name,
            ...{ address: comesFrom, answeredAt, routed },
          })),
          service: 'prosody',
          forward: all.some(({ routed }) => routed),
          purpose: `XMPP, for the ${kinds(bridges, recorders)} on further machines`,
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
        ...(bridges.length > 0
          ? [
              {
                level: 'info' as const,
                text: `${bridges.length + 1} bridges carry the meetings: the one on this server, and ${namesOf(bridges)}. All have to run the same release; update them one after the other, as their READMEs say.`,
              },
            ]
          : []),
        ...(recorders.length > 0
          ? [
              {
                level: 'info' as const,
                text: `Recordings made on ${namesOf(recorders)} lie there, in data/recordings of the machine's folder, and in no backup of this server.`,
              },
            ]
          : []),
      ],
      files: {
        'jitsi/machines/seen.sh': { executable: true },
        // Parts of the stack script.
        'stack.d/machines.sh': { absent: true },
        'stack.d/seen.sh': { absent: true },
      },
      troubles: [
        ...(bridges.length > 0 ? [silentBridge] : []),
        ...(recorders.length > 0 ? [silentRecorder] : []),
      ],
    };
  },
  present: ({ answers }) => ({
    bridges:
      furtherBridges(answers).length > 0
        ? [centralBridge, ...furtherBridges(answers).map(({ name }) => name)].join(' ')
        : '',
    recorders: furtherRecorders(answers)
      .map(({ name }) => name)
      .join(' '),
  }),
});

const relays = {
  ENABLE_OCTO: true,
  JVB_MUC_NICKNAME: centralBridge,
  JVB_OCTO_REGION: 'all',
  JVB_OCTO_RELAY_ID: centralBridge,
};

const silentBridge = {
  symptom: 'A further bridge is healthy, and no meeting ever goes through it.',
  cause:
    'Its health says nothing of whether it has signed in here: 5222/tcp may be closed on the way, or its folder dates from before a new certificate or password.',
  fix: 'Run `./stack up` here, copy its folder again, and run `./stack up` there, which says whether it has signed in.',
};

const silentRecorder = {
  symptom: 'Recording fails, and a recorder on a further machine is healthy.',
  cause:
    'Its health says nothing of whether it has signed in here, nor of whether the page opens there.',
  fix: '`./stack recorders` says which have signed in. On the machine, `./stack status` says why one has not, and `./stack logs` what its browser met.',
};

/** What they are, in words. */
function kinds(bridges: readonly Machine[], recorders: readonly Machine[]): string {
  const words = [bridges.length > 0 && 'bridges', recorders.length > 0 && 'recorders'];
  return words.filter(Boolean).join(' and ');
}

function namesOf(machines: readonly Machine[]): string {
  return machines.map(({ name }) => name).join(', ');
}

/** People send to each bridge, and each signs in here. One that comes through the router stands elsewhere than behind it. */
function linksOf(all: readonly Machine[]) {
  if (all.length > mostDrawn) {
    return [{ from: `${all.length}-machines`, to: 'prosody', label: '5222/tcp' }];
  }
  return all.flatMap(({ name, port, routed, runs }) => [
    ...(routed || runs === 'recorder'
      ? []
      : [{ from: 'outside', to: name, label: `${port}/udp of ${name}` }]),
    { from: name, to: 'prosody', label: '5222/tcp' },
  ]);
}
