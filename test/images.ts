import { readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Image } from '../src/plan/plan.ts';

const folder = new URL('../blueprints/', import.meta.url);

/** The images that features bring along besides Jitsi's own, by the folder below `blueprints/` whose `image.ts` pins it. */
export const pinned: Readonly<Record<string, string>> = Object.fromEntries(
  (await imagesOf()).map(([id, image]) => [id, typeof image === 'string' ? image : image.name]),
);

/** Those that stand in an `image.ts` as they are; what follows from the release is in the catalogue. */
async function imagesOf(): Promise<readonly (readonly [string, Image | string])[]> {
  const found = await Promise.all(
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('/image.ts'))
      .map(async (path) => {
        const { image }: { image?: Image | string } = await import(`${folder.href}${path}`);
        return image === undefined ? [] : [[dirname(path), image] as const];
      }),
  );
  return found.flat();
}

/** Those of them that a rebuild takes a newer version of, with the line that it goes along. */
export async function linesOf(): Promise<
  readonly { readonly name: string; readonly line: string }[]
> {
  const images = (await imagesOf()).map(([, image]) => image);
  return images.flatMap((image) =>
    typeof image === 'string' || image.line === undefined
      ? []
      : [{ name: image.name, line: image.line }],
  );
}
