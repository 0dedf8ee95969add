import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Service } from '../../src/plan/plan.ts';
import type { Outcome } from './command.ts';
import { enter } from './sandbox.ts';

/** What a container may: its mounts, user and capabilities, in the words of the plan. */
export type Rights = Pick<Service, 'volumes' | 'capabilities'> & {
  readonly user?: string | undefined;
};

/**
 * How a program is run as Docker would run it for a stack in this directory: on this machine's own root, read-only, with nothing
 * of the stack but what is mounted, no capability but those granted, and no network. Needs root.
 *
 * @param before a shell script that changes the machine for it first; `$1` is the stack's directory
 * @returns what to spawn, and with which arguments
 */
export function containerCommand(
  stack: string,
  { volumes, capabilities, user = '0:0' }: Rights,
  command: readonly string[],
  before = ':',
): [string, string[]] {
  // As Docker does with directories that are not there.
  for (const { source } of volumes)
    if (!existsSync(join(stack, source))) mkdirSync(join(stack, source), { recursive: true });
  const mounts = volumes.flatMap(({ source, target, readOnly }) => [
    readOnly ? 'ro' : 'rw',
    join(stack, source),
    target,
  ]);
  const granted = capabilities.map((name) => `,+${name.toLowerCase()}`).join('');
  const [uid = '0', gid = '0'] = user.split(':');
  const enterStack =
    'mount -o remount,bind,ro / || exit 9; cd /stack 2>/dev/null || cd /; exec "$@"';
  return [
    'unshare',
    [
      ...['--mount', '--pid', '--net', '--fork', '--kill-child'],
      ...['--', 'sh', '-euc', `${before}; shift; exec sh -euc "$@"`, 'before', stack],
      ...[enter, 'container', '/', String(volumes.length), ...mounts, '-1'],
      ...['sh', '-c', enterStack, 'container'],
      ...['setpriv', `--bounding-set=-all${granted}`, '--inh-caps=-all', '--no-new-privs'],
      ...['--reuid', uid, '--regid', gid, '--clear-groups'],
      ...command,
    ],
  ];
}

/** Runs a program to its end as Docker would. */
export function inContainer(...wanted: Parameters<typeof containerCommand>): Outcome {
  const [file, words] = containerCommand(...wanted);
  const env = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' };
  const { status, stdout, stderr } = spawnSync(file, words, { encoding: 'utf8', env });
  return { ok: status === 0, code: status, stdout, stderr, output: `${stdout}${stderr}`.trim() };
}
