import { defineBlueprint, isMeasured } from '../../src/blueprint.ts';
import { nodeExporter } from './node-exporter.ts';

/** Numbers of everything in the stack, told to its own network, for whoever reads them: the stack’s Prometheus or the owner’s. */
export const numbers = defineBlueprint({
  id: 'numbers',
  title: 'Numbers',
  order: 85,
  applies: isMeasured,
  contribute: ({ subnets }) => ({
    services: [nodeExporter],
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
  }),
});
