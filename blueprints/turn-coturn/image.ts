import type { Image } from '../../src/blueprint.ts';

/** coTURN mends what is found in its next 4.x only. */
export const image: Image = { name: 'coturn/coturn:4.18.0', line: '4', user: 'nobody:nogroup' };
