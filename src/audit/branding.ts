import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Problem } from '../errors.ts';
import type { Plan } from '../plan/plan.ts';

/** Bytes that everybody who opens the page has to load. */
const most = 1024 * 1024;
const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** What runs in a picture: elements, attributes and addresses that do, and another document's contents. */
const active =
  /<\s*(?:script|foreignObject|iframe|object|embed)\b|\son[a-z]+\s*=|(?:javascript|data\s*:\s*text\/html)\s*:|<!ENTITY/i;

/** What is wrong with the logo that the answers name: it is the owner's file, so nobody has looked at it before. */
export function auditBranding(directory: string, { answers }: Plan): readonly Problem[] {
  const { look, logo } = answers.branding;
  if (look !== 'own' || typeof logo !== 'string') return [];
  const where = `jitsi/branding/${logo}`;
  const path = join(directory, where);
  const wrong = (what: string, fix: string): readonly Problem[] => [{ where, what, fix }];
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat?.isFile())
    return wrong(
      'The logo is not there yet, so the page shows none.',
      `Copy it there: cp YOUR-LOGO ${where}`,
    );
  if (stat.size > most)
    return wrong(
      'The logo is larger than 1 MB, and everybody who opens the page loads it.',
      'Make it smaller; 400 pixels in width are plenty.',
    );
  const content = readFileSync(path);
  if (/\.png$/i.test(logo))
    return content.subarray(0, png.length).equals(png)
      ? []
      : wrong(
          'The logo is called a PNG and is none.',
          'Save it as PNG, or name the file that it is.',
        );
  const text = content.toString('utf8');
  if (!/<svg[\s>]/i.test(text))
    return wrong(
      'The logo is called an SVG and is none.',
      'Save it as SVG, or name the file that it is.',
    );
  if (active.test(text))
    return wrong(
      'The logo has a script in it, or something else that acts. The page never runs it, but no logo needs it.',
      'Export it anew as a plain SVG.',
    );
  return [];
}
