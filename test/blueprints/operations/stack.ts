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
import { present } from '../../../blueprints/operations/present/view.ts';
import type { Plan } from '../../../src/plan/plan.ts';
import { renderTemplate } from '../../../src/render/template.ts';
import { templateAt } from '../../../src/template-files.ts';
import { inContainer } from '../../programs/container.ts';
import { smallPlan } from './plan.ts';

const programs = fileURLToPath(new URL('programs/', import.meta.url));

export const scripts = [
  'stack',
  'scripts/prepare.sh',
  'scripts/as-user.sh',
  'scripts/check-pair.sh',
  'scripts/pack.sh',
  'scripts/sift.sh',
  'scripts/sign-token.sh',
  'scripts/put-back.sh',
  'scripts/remember.sh',
  'scripts/swap.sh',
  'scripts/tell.sh',
] as const;

export function renderScript(path: (typeof scripts)[number], plan: Plan = smallPlan()): string {
  const source = `operations/files/${path}.ejs`;
  return renderTemplate({ path, format: 'sh', source, read: templateAt }, present(plan));
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
  plan: Plan;

  /** A stack for a plan, or exactly what another one is. */
  constructor(of: Plan | FakeStack = smallPlan()) {
    this.plan = of instanceof FakeStack ? of.plan : of;
    // What a container sees of it, its user has to get at here too.
    chmodSync(this.root, 0o755);
    if (of instanceof FakeStack) {
      spawnSync('cp', ['-a', `${of.root}/.`, this.root]);
      return;
    }
    const { plan } = this;
    mkdirSync(this.fake);
    this.update(plan);
    for (const name of ['calls', 'fail', 'images', 'wanted', 'builds', 'used'])
      writeFileSync(join(this.fake, name), '');
    this.images('images', ['nginx:1.30.7']);
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
      name === 'prepare' || name === 'remember'
        ? `${name}|exited|-|${since}|0`
        : `${name}|${state}|${since}|0`,
    );
    writeFileSync(join(this.fake, 'containers'), `${lines.join('\n')}\n`);
  }

  /** Brings the files of another plan, as an update does. */
  update(plan: Plan) {
    this.plan = plan;
    for (const path of scripts) this.write(path, renderScript(path, plan), 0o755);
  }

  /** The images that are here, that Compose wants, or that a build makes. */
  images(list: 'images' | 'wanted' | 'builds' | 'used', references: readonly string[]) {
    appendFileSync(join(this.fake, list), references.map((one) => `${one}\n`).join(''));
  }

  /** Makes calls of Docker that match a shell pattern fail. */
  fail(pattern: string) {
    appendFileSync(join(this.fake, 'fail'), `${pattern}\n`);
  }

  run(
    args: readonly string[],
    options: {
      input?: string;
      env?: NodeJS.ProcessEnv;
      cwd?: string;
      /** The input is typed at a terminal, which shows everything as one output. */
      terminal?: true;
    } = {},
  ): Outcome {
    const env = {
      ...process.env,
      PATH: `${programs}:${process.env.PATH}`,
      FAKE: this.fake,
      STACK_TIMEOUT: '1',
      ...options.env,
    };
    // A session of its own, so that a power cut takes all of it and nothing else.
    const call = [join(this.path, 'stack'), ...args];
    const quoted = call.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' ');
    const { status, stdout, stderr } = spawnSync(
      options.terminal ? 'script' : 'setsid',
      options.terminal
        ? ['--quiet', '--return', '--command', quoted, '/dev/null']
        : ['--wait', ...call],
      { cwd: options.cwd ?? this.path, input: options.input ?? '', encoding: 'utf8', env },
    );
    return { code: status, out: stdout, err: stderr };
  }

  /** Runs one of the services that end by themselves, with the rights that the stack gives it. */
  once(name: 'prepare' | 'remember', before?: string): Outcome {
    const service = this.plan.services.find((one) => one.name === name);
    if (!service) throw new Error(`The plan has no service ${name}.`);
    const [file = '', ...words] = service.entrypoint ?? [];
    const { code, stdout, stderr } = inContainer(this.path, service, [file, ...words], before);
    return { code, out: stdout, err: stderr };
  }

  /** Runs a script of the stack as it is. */
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
