import type { Image } from '../../../src/blueprint.ts';

export const image: Image = { name: 'grafana/grafana:12.3.1', user: '472' };
