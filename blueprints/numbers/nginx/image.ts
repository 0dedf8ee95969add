import type { Image } from '../../../src/blueprint.ts';

/** The Debian variant: its curl asks for the container's health. */
export const image: Image = { name: 'nginx:1.30.7', line: '1.30', user: 'root' };
