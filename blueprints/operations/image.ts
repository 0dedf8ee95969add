import type { Image } from '../../src/blueprint.ts';

/** Has the openssl and tar of Debian; the same as the edge's, so that most stacks fetch it once. */
export const image: Image = { name: 'nginx:1.30.7', line: '1.30', user: 'root' };
