import type { Image } from '../../src/blueprint.ts';

/** lego 4: version 5 changed its command line. */
export const image: Image = { name: 'goacme/lego:v4.35.2', line: 'v4', user: 'root' };
