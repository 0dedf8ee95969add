import type { Image } from '../../src/blueprint.ts';

/** Jitsi's own compose file has a version of 2024 with known weaknesses; the page only opens it in a frame, so any will do. */
export const image: Image = { name: 'etherpad/etherpad:3.3.3', line: '3', user: 'etherpad' };
