import { execFileSync } from 'node:child_process';
import type { SourceTree } from '../../src/releases/read/tree.ts';

/** The files of a checkout at a tag, without touching its working tree. */
export function gitTree(checkout: string, tag: string): SourceTree {
  const paths = git(checkout, 'ls-tree', '-r', '--name-only', tag).trim().split('\n');
  return { paths, read: (path) => git(checkout, 'show', `${tag}:${path}`) };
}

export function commitOf(checkout: string, tag: string): { commit: string; date: string } {
  const [commit = '', date = ''] = git(checkout, 'log', '-1', '--format=%H %cs', tag)
    .trim()
    .split(' ');
  return { commit, date };
}

function git(checkout: string, ...args: string[]): string {
  return execFileSync('git', ['-C', checkout, ...args], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
}
