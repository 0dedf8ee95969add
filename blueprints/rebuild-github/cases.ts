import type { Cases } from '../../src/blueprint.ts';

export const cases: Cases = [
  {
    rebuild: {
      ...{ by: 'github', registry: 'ghcr.io/example/meet', architectures: ['amd64', 'arm64'] },
      pins: 'dependabot',
    },
  },
];
