/**
 * Pins the images of the features to the digests that their tags have now:
 *
 *     npm run images:digests
 *     npm run images:digests -- --registry URL     ask a mirror instead of each image’s own registry
 *
 * All are asked before any `image.ts` is written. Renovate raises version and digest together afterwards.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { StackError } from '../../src/errors.ts';
import { maintain, root } from '../maintain.ts';
import { digestOf, referenceOf } from './registry.ts';

/** The name of a published image in an `image.ts`: name and tag, and the digest where it is known. */
const pin = /name:\s*'([^':@]+(?::\d+\/[^':@]+)?:[^'@]+)(?:@sha256:[0-9a-f]{64})?'/;

await maintain(async () => {
  const { registry, folder } = readArguments();
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('image.ts'))
    .map((path) => join(folder, path))
    .map((path) => ({ path, text: readFileSync(path, 'utf8') }))
    .flatMap((file) => {
      const image = pin.exec(file.text)?.[1];
      return image === undefined ? [] : [{ ...file, image }];
    });
  const names = [...new Set(files.map(({ image }) => image))];
  const digests = new Map<string, string>();
  for (const name of names) digests.set(name, await digestOf(referenceOf(name, registry)));
  for (const { path, text, image } of files)
    writeFileSync(path, text.replace(pin, `name: '${image}@${digests.get(image)}'`));
  return `Pinned ${names.length} images to their digests. Next: npx biome check --write blueprints, npm run golden, and read the diff.`;
});

function readArguments() {
  try {
    const { values } = parseArgs({
      options: { registry: { type: 'string' }, folder: { type: 'string' } },
    });
    return { registry: values.registry, folder: values.folder ?? join(root, 'blueprints') };
  } catch (error) {
    const [what = ''] = (error as Error).message.split('. ');
    throw new StackError({ what: `${what}.`, fix: 'There are --registry and --folder.' });
  }
}
