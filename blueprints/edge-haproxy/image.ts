import type { Image } from '../../src/blueprint.ts';

export const image: Image = { name: 'haproxy:3.0.28', user: 'haproxy' };
