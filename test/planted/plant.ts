import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Plan } from '../../src/plan/plan.ts';

/** The directories of a stack that one of its containers can write to, such as `data/prosody`. */
export function writable({ services }: Plan): string[] {
  const paths = services
    .filter(({ lifetime }) => lifetime === 'always')
    .flatMap(({ volumes }) => volumes.filter(({ readOnly }) => !readOnly))
    .map(({ source }) => source.replace(/^\.\//, ''));
  return [...new Set(paths)].sort();
}

/** Ways out of a directory of a stack, as links have them; `victim` stands for a directory of somebody else's. */
export const waysOut = (stack: string, victim: string) => [
  ...['..', '../..', '../../..', '../../../..', stack, victim, '/etc'],
  ...['.git/hooks', 'nginx/sites', 'jitsi/prosody', 'certs', 'nowhere'].flatMap((path) => [
    `../../../${path}`,
    join(stack, path),
  ]),
];

/**
 * Fills a directory with what somebody in the place of a container, or of the containers' user, could leave there: links to
 * files and directories, dangling ones, pipes, names that programs misread; in the layouts of prosody's accounts that
 * `prepare` moves, and under the names that our own programs use for a while.
 *
 * @param round which of the ways out stands where only one link has room
 */
export function plant(
  directory: string,
  {
    stack,
    victim,
    round,
    user = 1000,
  }: { stack: string; victim: string; round: number; user?: number },
): void {
  mkdirSync(directory, { recursive: true });
  execFileSync('chown', ['-h', `${user}:${user}`, directory]);
  const out = waysOut(stack, victim);
  const identity = ['--reuid', String(user), '--regid', String(user), '--clear-groups'];
  execFileSync(
    'setpriv',
    [...identity, 'sh', '-c', plantScript, 'plant', out[round % out.length] ?? '..', ...out],
    { cwd: directory, stdio: 'pipe' },
  );
}

/** A POSIX shell script that does it in its working directory; arguments: the way out where only one has room, then all. */
export const plantScript = `
one=$1; shift
set -e
evil() { mkdir -p "$1" && printf '#!/bin/sh\\ntouch /tmp/pwned\\n' >"$1/$2" && chmod 755 "$1/$2"; }
case $(($# % 2)) in 0) mkdir -p data ;; *) mkdir -p data replaced ;; esac
n=0
for way; do
    n=$((n + 1))
    ln -s "$way" "link$n"
    ln -s "$way/secret" "file$n"
    for name in compose.override.yaml post-commit evil.conf; do
        evil "a$n%2eb" "$name"; evil "c$n%2ed/accounts" "$name"
    done
    ln -s "$way" "data/a$n%2eb"
    mkdir -p "data/c$n%2ed" && ln -s "$way" "data/c$n%2ed/accounts"
    ln -s "$way" "e$n%2ef" && mkdir -p "data/e$n%2ef"
    mkdir "g$n%2eh" && ln -s "$way" "g$n%2eh/accounts" && mkdir -p "data/g$n%2eh/accounts"
done
for name in .first .first.key .first.pem .incoming .previous .privkey.new .fullchain.new link.001 .restore; do
    [ -e "$name" ] || ln -s "$one" "$name"
done
mkfifo pipe && mkdir 'pipe%2e' 'data/pipe%2e' && mkfifo 'pipe%2e/pipe' 'data/pipe%2e/pipe' 'data/pipe%2e/other'
mkfifo 'i%2ej' && mkdir 'data/i%2ej' 'k%2el' && mkfifo 'data/k%2el'
for name in -rf -execdir 'new
line' 'back\\slash' '$(touch pwned)' '; touch pwned' '  ' '*' '%n' 'umläut' '"quote'"'"; do
    printf x >"./$name"; evil "./$name%2e" "$name"; evil "./data/$name%2e" other
done
mkdir closed && printf x >closed/file && chmod 0 closed
printf x >setuid && chmod 4777 setuid
`;

/** In the place of `data/prosody`'s own directories: a link, a pipe, a file. */
export function replaceWith(directory: string, name: string, kind: string): void {
  const how = { pipe: 'mkfifo "$1"', file: 'printf x >"$1"' }[kind] ?? `ln -s "${kind}" "$1"`;
  execFileSync(
    'setpriv',
    [
      '--reuid',
      '1000',
      '--regid',
      '1000',
      '--clear-groups',
      'sh',
      '-c',
      `rm -rf -- "$1"; ${how}`,
      'sh',
      name,
    ],
    { cwd: directory },
  );
}
