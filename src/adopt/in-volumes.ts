import { shellWord } from '../shell-word.ts';
import { hooks } from './hook-places.ts';
import type { Installation } from './installation.ts';
import type { Place } from './read/places.ts';
import { accountsHere, accountsOf, type LeftBehind } from './take.ts';

/** Where prosody of the release that runs keeps its accounts, in its container; undefined where no image says it. */
export type Layout = string | undefined;

type InVolume = Extract<Place, { readonly volume: string }>;

/** An image that every stack may fetch, with cp, sh and tar. */
const helper = 'nginx:1.30.7';

/** Copies the accounts out of a volume of Docker, from where the release that runs has them in it. */
export function accountsInVolume({ volume }: InVolume, target: string, ran: Layout): LeftBehind {
  const mount = /^\/(?:config|var\/lib\/prosody)/.exec(target)?.[0] ?? target;
  const known = ran?.startsWith(mount) ? ran.slice(mount.length) : undefined;
  const copy =
    known === undefined
      ? 'cd /from/data 2>/dev/null || cd /from; cp -au . /to/'
      : `cp -au /from${known}/. /to/`;
  return {
    what: accountsOf,
    why: `They are in Docker’s volume ${volume}, which only Docker reads.`,
    command: `mkdir -p ${accountsHere}\n${inHelper(volume, accountsHere, copy)}`,
  };
}

/** Copies the owner's hooks out of volumes. What is in them cannot be seen from here, so they may be none. */
export function hooksInVolumes({ places }: Installation): LeftBehind[] {
  const found = new Map<string, { volume: string; to: string; names: string[]; not: string[] }>();
  for (const [role, target, to, except = []] of hooks) {
    const place = places.of(role, target);
    if (!place || !('volume' in place)) continue;
    const { volume, inside } = place;
    const root = to.slice(0, to.length - inside.length).replace(/\/$/, '');
    const key = `${volume} ${root}`;
    const one = found.get(key) ?? { volume, to: root, names: [], not: [] };
    one.names.push(inside === '' ? '.' : inside);
    one.not.push(...except.map((name) => `${inside === '' ? '.' : inside}/${name}`));
    found.set(key, one);
  }
  if (found.size === 0) return [];
  const all = [...found.values()];
  const volumes = [...new Set(all.map(({ volume }) => volume))].join(', ');
  return [
    {
      what: 'configuration of your own, if there is any',
      why: `Docker’s volumes (${volumes}) may have files of yours, such as custom-config.js; only Docker reads them. This copies what there is of those. Then commit it.`,
      command: all
        .map(({ volume, to, names, not }) => {
          const without = not.map((path) => ` --exclude=${path}`).join('');
          const pack = `tar -C /from${without} -cf - ${names.join(' ')} 2>/dev/null`;
          return inHelper(volume, to, `${pack} | tar -C /to --no-same-owner -xf -`);
        })
        .join('\n'),
    },
  ];
}

/** A command that sees a volume as `/from` and a directory of the stack as `/to`. */
function inHelper(volume: string, to: string, script: string): string {
  return `docker run --rm -v ${shellWord(volume)}:/from:ro -v "$PWD/${to}":/to --entrypoint sh ${helper} -c '${script}'`;
}
