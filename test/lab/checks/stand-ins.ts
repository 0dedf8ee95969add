import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type Check, ensure, same } from '../check.ts';
import { isStandIn } from '../images.ts';
import { recipeFor } from '../recipes.ts';

/** What runs is what the lab says that it runs: stand-ins are named as such in README, official images are none. */
export const standIns: Check = {
  name: 'stand-ins are known',
  services: [],
  async run({ stack, engine, official }) {
    const readme = readFileSync(path.join(import.meta.dirname, '../README.md'), 'utf8');
    const rows = readme.split('\n').filter((line) => line.startsWith('| '));
    const images = [...new Set(stack.plan().services.map(({ image }) => image))];
    for (const image of images) {
      const standIn = await isStandIn(engine, image);
      ensure(
        standIn !== official,
        `${image} is ${standIn ? 'a stand-in' : 'not what the lab built'}`,
      );
      if (official) continue;
      const { name, dockerfile, from } = recipeFor(image);
      if (from) {
        const shipped = path.join(stack.directory, 'images', name, 'Dockerfile');
        const both = [shipped, dockerfile].map((file) => readFileSync(file, 'utf8'));
        same(both[0], both[1], 'the Dockerfile of the stack, which the lab builds');
      }
      const known = rows.some((row) => row.split('|')[1]?.includes(name));
      ensure(known, `README.md does not say what the stand-in for ${image} leaves out`);
    }
    return official ? 'official images' : `${images.length} images, each with its row in README.md`;
  },
};
