import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Problem } from '../errors.ts';
import type { Plan } from '../plan/plan.ts';
import { readableText } from '../readable-text.ts';
import { includeLine, includesStackConf } from './stack-conf.ts';

const own = 'jitsi/jibri/custom-jibri.conf';
const generated = 'jitsi/jibri/stack.conf';

/** What the owner's configuration of the recorder leaves out of the stack's, and says nothing else about. */
export function auditRecorder(directory: string, { files }: Plan): readonly Problem[] {
  const planned = files.some(({ path }) => path === generated);
  // An update that is not yet made brings both.
  if (!planned || !existsSync(join(directory, generated))) return [];
  const text = (readableText(join(directory, own)) ?? '').replace(/^\s*(?:#|\/\/).*$/gm, '');
  if (includesStackConf(text)) return [];
  const lost = /\bmatroska\b/.test(text)
    ? []
    : ['a recording that is cut off cannot be played any more'];
  const open = /\brtmp-allow-list\b/.test(text) ? [] : ['streams may go to any address'];
  const what = [...lost, ...open].join(', and ');
  if (what === '') return [];
  return [
    {
      where: own,
      what: `It leaves out ${generated}: ${what}.`,
      fix: `Make this its first line: ${includeLine}. Then run ./stack up on the server.`,
    },
  ];
}
