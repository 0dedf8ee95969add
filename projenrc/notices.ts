import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';
import { StackError } from '../src/errors.ts';

interface Notice {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  /** Empty when the package has none; its name and licence are given all the same. */
  readonly text: string;
}

const rule = '-'.repeat(80);

/** What the licences of the bundled packages want to be said: each package once, with the text of its licence. */
export async function thirdPartyNotices(
  root: string,
  outputs: Metafile['outputs'],
): Promise<string> {
  const notices = await Promise.all(
    [...bundledPackages(outputs)].sort().map((folder) => readNotice(join(root, folder))),
  );
  const unique = new Map(notices.map((notice) => [`${notice.name} ${notice.version}`, notice]));
  const titles = [...unique.keys()].sort();
  return [
    'create-jitsi-stack contains parts of these packages, which are not its own work:',
    '',
    ...titles.map((title) => `  ${title} (${unique.get(title)?.license})`),
    ...titles.flatMap((title) => ['', rule, title, '', unique.get(title)?.text ?? '']),
    '',
  ].join('\n');
}

/** The folders of the packages of which something is left in the output. */
function bundledPackages(outputs: Metafile['outputs']): Set<string> {
  const folders = new Set<string>();
  for (const { inputs } of Object.values(outputs)) {
    for (const [path, { bytesInOutput }] of Object.entries(inputs)) {
      const folder = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0];
      if (folder !== undefined && bytesInOutput > 0) folders.add(folder);
    }
  }
  return folders;
}

async function readNotice(folder: string): Promise<Notice> {
  const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  const files = (await readdir(folder, { withFileTypes: true }))
    .filter((entry) => entry.isFile() && /^(licen[cs]e|notice|copying)/i.test(entry.name))
    .map((entry) => entry.name)
    .sort();
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
  const license: string =
    manifest.license?.type ?? manifest.license ?? manifest.licenses?.[0]?.type;
  if (!license)
    throw new StackError({
      where: folder,
      what: `${manifest.name} does not say what its licence is.`,
      fix: 'Find out whether it may be bundled at all.',
    });
  const text = texts.map((one) => one.replaceAll('\r\n', '\n').trim()).join('\n\n');
  return {
    name: manifest.name,
    version: manifest.version,
    license,
    text: text || standard(manifest),
  };
}

/** Packages that were published without the text: what their manifest says is all there is. */
function standard({ license, author }: { license: string; author?: string | { name?: string } }) {
  const holder = typeof author === 'string' ? author : author?.name;
  return `The package holds no licence text. Its manifest says: ${license}${holder ? `, by ${holder}` : ''}.`;
}
