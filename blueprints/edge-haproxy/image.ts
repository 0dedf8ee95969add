import type { Image } from '../../src/blueprint.ts';

export const image: Image = { name: 'haproxy:3.0.28', line: '3.0', user: 'haproxy' };
