import type { Image } from '../../../src/blueprint.ts';

export const image: Image = { name: 'grafana/alloy:v1.21.2', user: 'root' };
