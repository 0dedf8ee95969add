import type { Image } from '../../src/blueprint.ts';

export const image: Image = { name: 'coturn/coturn:4.7.0', user: 'nobody:nogroup' };
