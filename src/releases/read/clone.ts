import { execFileSync } from 'node:child_process';
import { lstatSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cleanGitDirectory } from './git-directory.ts';
import type { SourceTree } from './tree.ts';

/** The commits of somebody's clone. Its objects and names are read, and nothing else of it is believed or run. */
export interface Clone {
  /** The commit that a name stands for; undefined when there is none. */
  commitOf(revision: string): string | undefined;
  /** Its day where it was committed, `YYYY-MM-DD`. */
  dateOf(commit: string): string;
  tagsAt(commit: string): string[];
  /** The files of a commit, links left out. */
  treeOf(commit: string): SourceTree;
  /** Whether the files in the working tree are those of a commit, but for the ends of lines. */
  isCheckedOut(commit: string): boolean;
}

/**
 * Does something with a clone.
 *
 * @throws Error in git's words when it cannot be read
 */
export function withClone<T>(directory: string, use: (clone: Clone) => T): T {
  const clean = cleanGitDirectory(directory);
  const git = (args: readonly string[], input?: string) => runGit(clean, args, input);
  const treeOf = (commit: string) => gitTree(git, commit);
  try {
    return use({
      commitOf(revision) {
        try {
          return git(['rev-parse', '--quiet', '--verify', `${revision}^{commit}`])
            .toString()
            .trim();
        } catch {
          return undefined;
        }
      },
      dateOf: (commit) => dateOf(git(['cat-file', 'commit', commit]).toString()),
      tagsAt: (commit) =>
        git(['tag', '--points-at', commit]).toString().split('\n').filter(Boolean),
      treeOf,
      isCheckedOut(commit) {
        const tree = treeOf(commit);
        return tree.paths.every((path) => {
          const file = join(directory, path);
          if (!lstatSync(file, { throwIfNoEntry: false })?.isFile()) return false;
          return unix(readFileSync(file, 'utf8')) === unix(tree.read(path));
        });
      },
    });
  } finally {
    rmSync(clean.directory, { recursive: true, force: true });
  }
}

type Run = (args: readonly string[], input?: string) => Buffer;

/** Git with no configuration but what is built into it. */
function runGit(
  { directory, objects }: { directory: string; objects: string },
  args: readonly string[],
  input?: string,
): Buffer {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_'));
  return execFileSync('git', [`--git-dir=${directory}`, ...args], {
    env: {
      ...Object.fromEntries(inherited),
      GIT_ALTERNATE_OBJECT_DIRECTORIES: JSON.stringify(objects),
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_NO_LAZY_FETCH: '1',
      GIT_NO_REPLACE_OBJECTS: '1',
    },
    cwd: directory,
    maxBuffer: 256 * 1024 * 1024,
    stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    ...(input !== undefined && { input }),
  });
}

function gitTree(git: Run, commit: string): SourceTree {
  const paths = git(['ls-tree', '-r', '-z', '--full-tree', commit])
    .toString()
    .split('\0')
    .flatMap((entry) => /^100\d+ blob \S+\t([^\n]+)$/.exec(entry)?.[1] ?? []);
  const asked = paths.map((path) => `${commit}:${path}\n`).join('');
  const texts = blobs(git(['cat-file', '--batch'], asked));
  const files = new Map(paths.map((path, index) => [path, texts[index]]));
  return {
    paths,
    read(path) {
      const text = files.get(path);
      if (text === undefined) throw new Error(`${path} is not in the clone at ${commit}`);
      return text;
    },
  };
}

/** The answers of `cat-file --batch`: a line with type and size, then the content; undefined what is not there. */
function blobs(answer: Buffer): (string | undefined)[] {
  const texts: (string | undefined)[] = [];
  for (let at = 0; at < answer.length; ) {
    const start = answer.indexOf(10, at) + 1;
    const size = / blob (\d+)\n$/.exec(answer.toString('utf8', at, start))?.[1];
    const end = start + Number(size ?? 0);
    texts.push(size === undefined ? undefined : answer.toString('utf8', start, end));
    at = size === undefined ? end : end + 1;
  }
  return texts;
}

/** From the line `committer NAME <ADDRESS> SECONDS +HHMM` of a commit. */
function dateOf(commit: string): string {
  const [, seconds = '', sign = '+', hours = '0', minutes = '0'] =
    /^committer .*> (\d+) ([+-])(\d\d)(\d\d)$/m.exec(commit) ?? [];
  const offset = (Number(hours) * 60 + Number(minutes)) * 60 * (sign === '-' ? -1 : 1);
  const day = new Date((Number(seconds) + offset) * 1000);
  return Number.isNaN(day.getTime()) ? '' : day.toISOString().slice(0, 10);
}

const unix = (text: string) => text.replaceAll('\r\n', '\n');
