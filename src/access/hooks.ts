import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Deciding, decidingInHocon, decidingInLua, whyModuleDecides } from './lines.ts';

/** Folders of a stack whose files its owner writes and prosody or jicofo read. */
export const hookFolders: readonly string[] = [
  'jitsi/prosody',
  'jitsi/prosody-plugins',
  'jitsi/jicofo',
];
/** More than anybody writes by hand. */
const most = 1024 * 1024;

/** What decides about access in a file of the owner's; the path is the one in the stack. */
export interface DecidingHook extends Deciding {
  readonly path: string;
}

/**
 * What an owner's hooks do to access. Links are not followed.
 *
 * @param from the file or folder on this disk
 * @param to its place in the stack, which says who reads it
 */
export function decidingHooks(from: string, to: string): DecidingHook[] {
  try {
    const facts = lstatSync(from);
    if (facts.isDirectory())
      return readdirSync(from)
        .sort()
        .flatMap((name) => decidingHooks(join(from, name), `${to}/${name}`));
    if (!facts.isFile() || facts.size > most) return [];
    return decidingInHook(to, readFileSync(from, 'utf8')).map((one) => ({ ...one, path: to }));
  } catch {
    // Not there, or not for this user: then it is not in git either.
    return [];
  }
}

/** A module that has the name of one of Jitsi's that checks people takes its place. */
function decidingInHook(path: string, text: string): readonly Deciding[] {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (path.startsWith('jitsi/jicofo/')) return name.endsWith('.conf') ? decidingInHocon(text) : [];
  if (path.startsWith('jitsi/prosody-plugins/')) {
    const module = /^mod_(\w[\w-]*)\.lua$/.exec(name)?.[1];
    const why = module === undefined ? undefined : whyModuleDecides(module);
    return module === undefined || why === undefined ? [] : [{ name: module, why, line: 1 }];
  }
  if (!path.startsWith('jitsi/prosody/') || !name.endsWith('.lua')) return [];
  // To begin a section decides nothing; what stands in it may.
  return decidingInLua(text).filter((one) => one.name !== 'VirtualHost');
}
