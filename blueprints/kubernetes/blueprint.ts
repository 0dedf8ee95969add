import { defineBlueprint, recordersOf } from '../../src/blueprint.ts';
import { fields } from './fields.ts';
import { present } from './present.ts';
import { clusterProblems } from './problems.ts';
import { relocate } from './relocate.ts';

/** The stack in a cluster: values and patches for the chart of jitsi-contrib, from the same answers as on a server. */
export const kubernetes = defineBlueprint({
  id: 'kubernetes',
  title: 'Kubernetes',
  order: 100,
  offer: {
    section: 'runs',
    value: 'kubernetes',
    label: 'A Kubernetes cluster that I have',
    hint: 'bridges on several nodes, more of them when many people meet; with Helm and kustomize',
    says: 'Jitsi runs in your Kubernetes cluster.',
    order: 1,
  },
  fields,
  formats: { '*.yaml': 'javascript', '.env.example': 'env', 'kubernetes/.gitignore': 'patterns' },
  check: ({ answers, own, release }) => clusterProblems(answers, own, release),
  platform: { network: ({ pods }) => pods, relocate },
  contribute({ answers, own }) {
    return {
      files: {
        'kubernetes/values.own.yaml': { seeded: true },
        'kubernetes/secrets.sh': { executable: true },
        ...(own.mostBridges === own.bridges && { 'kubernetes/autoscaling.yaml': { absent: true } }),
        ...(answers.certificates.source === 'own' && {
          'kubernetes/issuer.yaml': { absent: true },
        }),
        ...(!answers.extras.includes('whiteboard') && {
          'kubernetes/patches/whiteboard.yaml': { absent: true },
        }),
        ...(recordersOf(answers) === undefined && {
          'kubernetes/patches/recorder.yaml': { absent: true },
        }),
      },
    };
  },
  present,
});
