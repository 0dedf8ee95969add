import type { Cases } from '../../src/blueprint.ts';

/**
 * One of each kind: a file and a port of this server, labels, variables, fields to fill in, a tunnel. What is ready for the
 * other flavours differs in its own file alone, which `test/blueprints/edge` tries.
 */
export const cases: Cases = ['nginx', 'traefik', 'nginx-proxy', 'cloudflared'].map((flavour) => ({
  edge: { proxy: 'external', flavour },
}));
