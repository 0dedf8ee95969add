import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plan } from '../../../src/plan/plan.ts';
import { renderTemplate } from '../../../src/render/template.ts';
import { smallPlan } from './plan.ts';

const files = fileURLToPath(new URL('../../../blueprints/operations/files/', import.meta.url));
const programs = fileURLToPath(new URL('programs/', import.meta.url));

export const scripts = [
  'stack',
  'scripts/prepare.sh',
  'scripts/check-pair.sh',
  'scripts/swap.sh',
] as const;

export function renderScript(path: (typeof scripts)[number], plan: Plan = smallPlan()): string {
  const source = `${files}${path}.ejs`;
  return renderTemplate({ path, source, text: readFileSync(source, 'utf8') }, { plan });
}

/** Owners can only be set and seen by root; without it those tests would prove nothing. */
export const isRoot = process.getuid?.() === 0;

export interface Outcome {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A stack's directory with its scripts, and a Docker that only plays. */
export class FakeStack {
  readonly root = mkdtempSync(join(tmpdir(), 'stack-'));
  /** With a blank, as directories have them. */
  readonly path = join(this.root, 'my stack');
  readonly fake = join(this.root, 'fake');

  constructor(plan: Plan = smallPlan()) {
    mkdirSync(this.fake);
    for (const path of scripts) this.write(path, renderScript(path, plan), 0o755);
    for (const name of ['calls', 'fail']) writeFileSync(join(this.fake, name), '');
    this.write('.env', secretsFile, 0o600);
    this.write('jitsi-stack.json', '{ "domain": "meet.example.org" }\n');
    this.containers(plan.services.map(({ name }) => name));
  }

  /** What Docker says of the containers: all well, started in 2100 unless told otherwise. */
  containers(
    names: readonly string[],
    state = 'running|healthy',
    since = '2100-01-01T00:00:00.5Z',
  ) {
    const lines = names.map((name) =>
      name === 'prepare' ? `prepare|exited|-|${since}|0` : `${name}|${state}|${since}|0`,
    );
    writeFileSync(join(this.fake, 'containers'), `${lines.join('\n')}\n`);
  }

  /** Makes calls of Docker that match a shell pattern fail. */
  fail(pattern: string) {
    appendFileSync(join(this.fake, 'fail'), `${pattern}\n`);
  }

  run(
    args: readonly string[],
    options: { input?: string; env?: NodeJS.ProcessEnv; cwd?: string } = {},
  ): Outcome {
    const env = {
      ...process.env,
      PATH: `${programs}:${process.env.PATH}`,
      FAKE: this.fake,
      STACK_TIMEOUT: '1',
      ...options.env,
    };
    const { status, stdout, stderr } = spawnSync(join(this.path, 'stack'), args, {
      cwd: options.cwd ?? this.path,
      input: options.input ?? '',
      encoding: 'utf8',
      env,
    });
    return { code: status, out: stdout, err: stderr };
  }

  /** Runs a helper as its container would. */
  helper(path: string, ...args: string[]): Outcome {
    const { status, stdout, stderr } = spawnSync('sh', [path, ...args], {
      cwd: this.path,
      encoding: 'utf8',
    });
    return { code: status, out: stdout, err: stderr };
  }

  calls(): string {
    return readFileSync(join(this.fake, 'calls'), 'utf8');
  }

  write(path: string, text: string, mode = 0o644) {
    const file = join(this.path, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    chmodSync(file, mode);
  }

  read(path: string): string {
    return readFileSync(join(this.path, path), 'utf8');
  }

  list(path: string): string[] {
    return readdirSync(join(this.path, path)).sort();
  }

  account(name: string, host = 'meet.jitsi'): string {
    return `data/prosody/data/${host}/accounts/${name}.dat`;
  }

  remove() {
    rmSync(this.root, { recursive: true, force: true });
  }
}

export const secretsFile = `# mine: stays
JICOFO_AUTH_PASSWORD=old-jicofo
export JVB_AUTH_PASSWORD="old-jvb"
MY_OWN='untouched  value'

TURN_CREDENTIALS=old-turn
JWT_APP_SECRET=not-ours-to-change
`;
