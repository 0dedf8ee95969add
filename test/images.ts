import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Image } from '../src/plan/plan.ts';

const folder = new URL('../blueprints/', import.meta.url);

/** The images that features bring along besides Jitsi's own, by blueprint; each is pinned in the feature's `image.ts`. */
export const pinned: Readonly<Record<string, string>> = Object.fromEntries(
  await Promise.all(
    readdirSync(folder)
      .filter((id) => existsSync(fileURLToPath(new URL(`${id}/image.ts`, folder))))
      .map(async (id) => {
        const { image }: { image: Image | string } = await import(`${folder.href}${id}/image.ts`);
        return [id, typeof image === 'string' ? image : image.name] as const;
      }),
  ),
);

/** Those of them that a rebuild takes a newer version of, with the line that it goes along. */
export async function linesOf(): Promise<
  readonly { readonly name: string; readonly line: string }[]
> {
  const images = await Promise.all(
    Object.keys(pinned).map(async (id) => {
      const { image }: { image: Image | string } = await import(`${folder.href}${id}/image.ts`);
      return image;
    }),
  );
  return images.flatMap((image) =>
    typeof image === 'string' || image.line === undefined
      ? []
      : [{ name: image.name, line: image.line }],
  );
}
