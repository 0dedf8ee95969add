import { execFileSync } from 'node:child_process';
import type { SourceTree } from './tree.ts';

/** The files of a clone at a commit or tag, without touching its working tree. */
export function gitTree(clone: string, revision: string): SourceTree {
  const paths = git(clone, ['ls-tree', '-r', '-z', '--name-only', '--full-tree', revision])
    .toString()
    .split('\0')
    .filter((path) => path !== '' && !path.includes('\n'));
  const asked = paths.map((path) => `${revision}:${path}\n`).join('');
  const texts = blobs(git(clone, ['cat-file', '--batch'], asked));
  const files = new Map(paths.map((path, index) => [path, texts[index]]));
  return {
    paths,
    read(path) {
      const text = files.get(path);
      if (text === undefined) throw new Error(`${path} is not in ${clone} at ${revision}`);
      return text;
    },
  };
}

/** The commit that a tag or name stands for, and its day. */
export function commitOf(clone: string, revision: string): { commit: string; date: string } {
  const [commit = '', date = ''] = git(clone, ['log', '-1', '--format=%H %cs', revision])
    .toString()
    .trim()
    .split(' ');
  return { commit, date };
}

/**
 * Runs git in a clone. What it holds is not to be trusted with running programs, a network is not asked for missing
 * objects, and a hook that calls this tool must not turn it to its own repository.
 */
export function git(clone: string, args: readonly string[], input?: string): Buffer {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !name.startsWith('GIT_') || name.startsWith('GIT_CONFIG'),
  );
  return execFileSync('git', ['-C', clone, '-c', 'core.fsmonitor=false', ...args], {
    env: { ...Object.fromEntries(inherited), GIT_NO_LAZY_FETCH: '1', GIT_OPTIONAL_LOCKS: '0' },
    maxBuffer: 256 * 1024 * 1024,
    stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    ...(input !== undefined && { input }),
  });
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
