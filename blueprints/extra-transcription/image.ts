import type { Image } from '../../src/blueprint.ts';

/**
 * Its maker has no versions, only a tag for each commit, and `latest`, which moves. This is the commit that the chart of
 * jitsi-contrib pins (version 3.4.0).
 */
export const image: Image = { name: 'jitsi/opus-transcriber-proxy:e74cae2', user: 'root' };
