import type { Image, Release } from '../../src/blueprint.ts';

/**
 * The server that the release's page was made for: from stable-11031 on the page speaks another version of the protocol.
 * Its maker moves no tag, so a rebuild starts from this one too.
 */
export function imageFor({ tag, services: { whiteboard } }: Release): Image {
  if (!whiteboard) throw new Error(`${tag} names no image for the whiteboard.`);
  return { name: whiteboard.image, user: 'root' };
}
