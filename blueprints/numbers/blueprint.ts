import {
  type Answers,
  type Contribution,
  defineBlueprint,
  isMeasured,
  machinesOf,
  mostDrawn,
  numbersPort,
} from '../../src/blueprint.ts';
import { onMachine, presentMachine } from './further.ts';
import { diskOf, nodeExporter } from './node-exporter.ts';

/** Numbers of everything in the stack, told to its own network, for whoever reads them: the stack’s Prometheus or the owner’s. */
export const numbers = defineBlueprint({
  id: 'numbers',
  title: 'Numbers',
  order: 85,
  on: 'every',
  applies: isMeasured,
  formats: { '*.conf': 'nginx' },
  contribute: ({ answers, machine, subnets }) =>
    machine
      ? onMachine(machine)
      : {
          services: [{ ...nodeExporter, ...diskOf }],
          environment: {
            jicofo: { JICOFO_ENABLE_REST: true },
            prosody: {
              PROSODY_ENABLE_METRICS: true,
              PROSODY_METRICS_ALLOWED_CIDR: subnets[0] ?? '',
            },
          },
          directories: [
            {
              path: 'data/disk',
              mode: '0755',
              owner: 65534,
              about: 'nothing: the disk that it lies on is measured there',
              passing: true,
            },
          ],
          links: linksTo(answers),
          notes: notesFor(answers),
          files: { 'numbers/nginx.conf': { absent: true } },
        },
  present: (plan) => (plan.machine ? presentMachine(plan) : {}),
});

/** Who of the stack asks the further machines. */
function linksTo(answers: Answers) {
  const names = machinesOf(answers).map(({ name }) => name);
  const boxes = names.length > mostDrawn ? [`${names.length}-machines`] : names;
  const readers = [
    ...(answers.extras.includes('monitoring') ? ['prometheus'] : []),
    ...(answers.extras.includes('metrics') ? ['metrics'] : []),
  ];
  return readers.flatMap((from) => boxes.map((to) => ({ from, to, label: `${numbersPort}/tcp` })));
}

function notesFor(answers: Answers): NonNullable<Contribution['notes']> {
  const names = machinesOf(answers).map(({ name }) => name);
  if (names.length === 0) return [];
  return [
    {
      level: 'info',
      text: `This server asks ${names.join(', ')} for ${names.length > 1 ? 'their' : 'its'} numbers, at TCP ${numbersPort}, which is open there for this server alone. What runs there is of before: copy each folder again, load its firewall, and run ./stack up there.`,
    },
  ];
}
