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
