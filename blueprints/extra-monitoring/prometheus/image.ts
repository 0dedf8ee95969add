import type { Image } from '../../../src/blueprint.ts';

export const image: Image = { name: 'prom/prometheus:v3.7.3', user: 'nobody' };
