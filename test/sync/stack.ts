import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { StackError } from '../../src/errors.ts';
import type { GeneratedFile, SyncOptions, SyncReport } from '../../src/sync/index.ts';
import { sync } from '../../src/sync/index.ts';
import type { Generated } from '../../src/sync/types.ts';

/** All repositories of these tests see this home and no other configuration. */
export const home = realpathSync(mkdtempSync(join(tmpdir(), 'sync-home-')));
process.env.HOME = home;
delete process.env.XDG_CONFIG_HOME;
for (const name of Object.keys(process.env)) if (name.startsWith('GIT_')) delete process.env[name];
process.on('exit', () => rmSync(home, { recursive: true, force: true }));

const defaults =
  '[user]\n\tname = Olga\n\temail = olga@example.org\n[init]\n\tdefaultBranch = trunk\n';

/** Replaces the owner's git configuration. */
export function configure(more = '', base = defaults): void {
  writeFileSync(join(home, '.gitconfig'), base + more);
}
configure();

/** Thirty distinct lines, so that edits at both ends do not touch. */
export function lines(name: string, changes: Record<number, string> = {}): string {
  return Array.from(
    { length: 30 },
    (_, index) => `${changes[index + 1] ?? `${name} line ${index + 1}`}\n`,
  ).join('');
}

type Content =
  | string
  | { text: string; remarked?: string; executable?: boolean; kind?: GeneratedFile['kind'] };

/** What a generator would hand over. */
export function generate(
  files: Record<string, Content>,
  release = 'stable-1',
  tool = '1.0.0',
): Generated {
  return {
    tool,
    release,
    files: Object.entries(files).map(([path, content]) => ({
      path,
      kind: 'managed',
      executable: false,
      ...(typeof content === 'string' ? { text: content } : content),
    })),
  };
}

/** A directory for a stack, with what a person does there. */
export class Stack {
  constructor(readonly directory = realpathSync(mkdtempSync(join(home, 'stack-')))) {}

  path(path = ''): string {
    return join(this.directory, path);
  }

  write(path: string, text: string | Buffer, mode?: number): void {
    mkdirSync(dirname(this.path(path)), { recursive: true });
    writeFileSync(this.path(path), text, mode === undefined ? {} : { mode });
  }

  read(path: string): string {
    return readFileSync(this.path(path), 'utf8');
  }

  has(path: string): boolean {
    return existsSync(this.path(path));
  }

  remove(path: string): void {
    rmSync(this.path(path), { recursive: true });
  }

  isExecutable(path: string): boolean {
    return (statSync(this.path(path)).mode & 0o111) === 0o111;
  }

  git(...args: string[]): string {
    return execFileSync('git', args, {
      cwd: this.directory,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    }).trim();
  }

  commit(message = 'by hand'): void {
    this.git('add', '--all');
    this.git('commit', '--quiet', '--message', message);
  }

  get commits(): number {
    return Number(this.git('rev-list', '--count', 'HEAD'));
  }

  /** Whether git sees nothing to commit and nothing left behind. */
  get isClean(): boolean {
    const common = join(this.directory, this.git('rev-parse', '--git-common-dir'));
    const left = existsSync(common) ? execFileSync('ls', [common], { encoding: 'utf8' }) : '';
    return (
      this.git('status', '--porcelain') === '' &&
      !/jitsi-stack/.test(left) &&
      !this.git('worktree', 'list').includes('jitsi-stack-')
    );
  }

  sync(generated: Generated, options: SyncOptions = {}): Promise<SyncReport> {
    const { tool, release, source } = generated;
    const origin = { tool, release, ...(source !== undefined && { source }) };
    return sync(this.directory, { ...origin, generate: async () => generated }, options);
  }
}

/** A stack with its first generation committed. */
export async function created(
  files: Record<string, Content>,
  options: SyncOptions = {},
): Promise<Stack> {
  const stack = new Stack();
  await stack.sync(generate(files), options);
  return stack;
}

/** The refusal that a run ends with; fails when it does not refuse. */
export async function refusal(run: Promise<unknown>): Promise<StackError> {
  try {
    await run;
  } catch (error) {
    if (error instanceof StackError) return error;
    throw error;
  }
  throw new Error('It was not refused.');
}

/** `path: change` for every entry of a report. */
export function changes({ changes }: SyncReport): string[] {
  return changes.map(({ path, change }) => `${path}: ${change}`);
}
