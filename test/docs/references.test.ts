import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { flags } from '../../src/cli/flags.ts';
import { helpAbout } from '../../src/cli/help.ts';
import { listTemplates } from '../../src/templates.ts';

const references = suite('what the pages name');
const root = join(import.meta.dirname, '../..');
const pages = [
  ...readdirSync(root).filter((name) => name.endsWith('.md')),
  ...readdirSync(join(root, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
  'changes/README.md',
].map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));

/** Each place in a page that matches, as `page: what`, but for those that are as they should be. */
function wrong(pattern: RegExp, isRight: (what: string, page: string) => boolean): string[] {
  return pages.flatMap(({ path, text }) =>
    [...text.matchAll(pattern)]
      .map(([, what = '']) => what)
      .filter((what) => !isRight(what, path))
      .map((what) => `${path}: ${what}`),
  );
}

references('links lead to files and headings that exist', () => {
  const anchorOf = (heading: string) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s-]/gu, '')
      .trim()
      .replaceAll(' ', '-');
  const dead = wrong(/\]\((?!https?:)([^)\s]+)\)/g, (link, page) => {
    const [file = '', anchor] = link.split('#');
    const target = file === '' ? page : join(dirname(page), file);
    if (!existsSync(join(root, target))) return false;
    if (anchor === undefined) return true;
    const headings = readFileSync(join(root, target), 'utf8').match(/^#+ .*/gm) ?? [];
    return headings.some((line) => anchorOf(line.replace(/^#+ /, '')) === anchor);
  });
  assert.equal(dead, []);
});

references('paths of this repository, or of a stack, exist', () => {
  const inStacks = Object.values(listTemplates()).flat();
  const dead = wrong(
    /`((?:src|test|projenrc|docs|\.ci|\.github)\/[\w./-]+|\.projenrc\.ts)`/g,
    (path) =>
      existsSync(join(root, path)) || inStacks.includes(path) || path.startsWith('test/.output'),
  );
  assert.equal(dead, []);
});

references('what is run with npm and tsx is there', () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  assert.equal(
    wrong(/npm run ([\w:-]+)/g, (name) => name in scripts),
    [],
  );
  assert.equal(
    wrong(/npx tsx ([\w./-]+\.ts)/g, (file) => existsSync(join(root, file))),
    [],
  );
});

references('flags of the command line exist', () => {
  const help = helpAbout([], flags, { lines: Number.POSITIVE_INFINITY });
  const known = new Set(help.match(/--[a-z][a-z0-9-]*/g));
  const calls = pages.flatMap(({ path, text }) =>
    [...text.matchAll(/^(?:npm start -- |(?:npx )?create-jitsi-stack(?:@latest)? )(.*)$/gm)].map(
      ([, words = '']) => ({ path, words: words.replace(/\s#.*$/, '').replace(/[|;&].*$/, '') }),
    ),
  );
  assert.ok(calls.length > 10, `${calls.length} calls`);
  const unknown = calls.flatMap(({ path, words }) =>
    (words.match(/--[a-z][a-z0-9-]*/g) ?? [])
      .filter((flag) => !known.has(flag))
      .map((flag) => `${path}: ${flag}`),
  );
  assert.equal(unknown, []);
});

references.run();
