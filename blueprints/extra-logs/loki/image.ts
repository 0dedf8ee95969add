import type { Image } from '../../../src/blueprint.ts';

export const image: Image = { name: 'grafana/loki:3.7.8', user: '10001', bare: true };
