import type { Image } from '../../../src/blueprint.ts';

export const image: Image = { name: 'prom/node-exporter:v1.11.1', user: 'nobody' };
