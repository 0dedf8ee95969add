import type { Cases } from '../../src/blueprint.ts';

export const cases: Cases = [
  { runs: 'kubernetes' },
  {
    runs: 'kubernetes',
    kubernetes: {
      ingressClass: 'nginx',
      storageClass: 'fast',
      nodes: '10.0.0.0/16',
      namespace: 'meet',
      bridges: 2,
      mostBridges: 6,
      bridgeAddress: 'node',
    },
  },
];
