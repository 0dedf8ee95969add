import { rmSync } from 'node:fs';
import path from 'node:path';
import { plantScript, waysOut, writable } from '../../planted/plant.ts';
import { surroundings } from '../../planted/surroundings.ts';
import { type Check, ensure, same } from '../check.ts';

/** Somebody has taken over prosody, and leaves links, pipes and odd names where root works at the next start. */
export const planted: Check = {
  name: 'planted: what prosody leaves in data/ leads nowhere',
  services: ['prepare', 'remember', 'prosody'],
  async run({ stack, scratch }) {
    const directory = path.join(stack.directory, 'data/prosody');
    const theirs = ['backups', '.git/index', ...writable(stack.plan())];
    const outside = () => surroundings(stack.directory, theirs);
    const own = new Set(Object.keys(surroundings(directory, [])));
    const before = outside();
    const ways = waysOut(stack.directory, path.join(scratch, 'victim'));
    const inside = ['exec', '-T', '--workdir', '/var/lib/prosody', 'prosody', 'sh', '-c'];
    await stack.compose([...inside, plantScript, 'plant', '../../nginx/sites', ...ways]);
    try {
      await stack.script(['up']);
      await stack.healthy();
      ensure(/Accounts of a1%2eb/.test(await stack.logs('prepare')), 'prepare saw none of it');
      same(outside(), before, 'everything but what containers write');
    } finally {
      for (const name of Object.keys(surroundings(directory, [])))
        if (!own.has(name)) rmSync(path.join(directory, name), { recursive: true, force: true });
    }
    return `${ways.length} ways out, pipes and odd names: healthy, and nothing else changed`;
  },
};
