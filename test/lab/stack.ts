import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { stringify } from 'yaml';
import type { Answers } from '../../src/answers/answers.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { createStackPlan } from '../../src/stack-plan.ts';
import { attempt, type Outcome, type RunOptions, run, until } from './process.ts';

const repository = path.join(import.meta.dirname, '../..');
/** The words that start create-jitsi-stack. */
export const program = [
  process.execPath,
  '--import',
  'tsx',
  path.join(repository, 'src/cli/main.ts'),
];

/** What a container is like. */
export interface Container {
  readonly service: string;
  readonly id: string;
  readonly state: string;
  readonly health: string;
  readonly pid: number;
  readonly restarts: number;
}

/** A generated stack, and what its owner can do in its directory. */
export interface Stack {
  readonly directory: string;
  readonly plan: () => Plan;
  /** Runs create-jitsi-stack with these answers: over none, or over those of the last time. */
  readonly generate: (answers: object) => Promise<void>;
  /** Writes the owner's own compose file. */
  readonly override: (content: object) => void;
  readonly docker: (words: readonly string[], options?: RunOptions) => Promise<string>;
  readonly compose: (words: readonly string[], options?: RunOptions) => Promise<string>;
  readonly tryCompose: (words: readonly string[]) => Promise<Outcome>;
  /** `./stack …` that has to succeed; what it printed on both streams. */
  readonly script: (words: readonly string[], options?: RunOptions) => Promise<string>;
  /** `./stack …`, whatever its exit code. */
  readonly tryScript: (words: readonly string[], options?: RunOptions) => Promise<Outcome>;
  readonly containers: () => Promise<Container[]>;
  /** Waits until each service with a health check is healthy and the one-shots have succeeded. */
  readonly healthy: (seconds?: number) => Promise<void>;
  readonly logs: (service: string, since?: Date) => Promise<string>;
  readonly secret: (name: string) => string;
}

/** A stack in this directory, on this engine; nothing is written yet. */
export function openStack(directory: string, environment: () => NodeJS.ProcessEnv): Stack {
  let plan: Plan | undefined;
  const here = {
    cwd: directory,
    get env() {
      return environment();
    },
  };
  const compose = ['compose', '--ansi', 'never'];
  const stack: Stack = {
    directory,
    plan: () => plan ?? missing(),
    generate: async (answers) => {
      const file = `${directory}.answers.json`;
      writeFileSync(file, JSON.stringify(answers));
      const [node = '', ...words] = [...program, directory, '--yes', '--json', '--answers', file];
      mkdirSync(directory, { recursive: true });
      await run(node, words, { cwd: repository, env: identity });
      const written = readFileSync(path.join(directory, 'jitsi-stack.json'), 'utf8');
      const { $schema: _, ...decided } = JSON.parse(written);
      plan = await createStackPlan(decided as Answers);
    },
    override: (content) =>
      writeFileSync(path.join(directory, 'compose.override.yaml'), stringify(content)),
    docker: (words, options) => run('docker', words, { ...here, ...options }),
    compose: (words, options) => run('docker', [...compose, ...words], { ...here, ...options }),
    tryCompose: (words) => attempt('docker', [...compose, ...words], here),
    script: async (words, options) => {
      const { code, stdout, stderr } = await attempt('./stack', words, { ...here, ...options });
      const said = stdout + stderr;
      if (code !== 0) throw new Error(`./stack ${words.join(' ')} ended with ${code}:\n${said}`);
      return said;
    },
    tryScript: (words, options) => attempt('./stack', words, { ...here, ...options }),
    containers: async () => {
      const ids = (await stack.compose(['ps', '--all', '--quiet'])).split('\n').filter(Boolean);
      if (ids.length === 0) return [];
      return JSON.parse(await stack.docker(['inspect', ...ids])).map(describe);
    },
    healthy: (seconds = 120) => settled(stack, seconds),
    logs: async (service, since) => {
      const from = since ? ['--since', since.toISOString()] : [];
      const text = await stack.compose(['logs', '--no-color', '--no-log-prefix', ...from, service]);
      // Compose erases a line that nobody sees in front of each.
      return text.replaceAll('\u001b[2K', '');
    },
    secret: (name) =>
      new RegExp(`^${name}=(.*)$`, 'm').exec(
        readFileSync(path.join(directory, '.env'), 'utf8'),
      )?.[1] ?? '',
  };
  return stack;
}

/** The generator's commits need somebody. */
export const identity = {
  ...process.env,
  GIT_AUTHOR_NAME: 'Lab',
  GIT_AUTHOR_EMAIL: 'lab@example.org',
  GIT_COMMITTER_NAME: 'Lab',
  GIT_COMMITTER_EMAIL: 'lab@example.org',
};

function missing(): never {
  throw new Error('the stack has not been generated yet');
}

interface Inspected {
  readonly Id: string;
  readonly RestartCount: number;
  readonly Config: { readonly Labels: Readonly<Record<string, string>> };
  readonly State: {
    readonly Status: string;
    readonly Pid: number;
    readonly ExitCode: number;
    readonly Health?: { readonly Status: string };
  };
}

function describe({ Id, RestartCount, Config, State }: Inspected): Container {
  return {
    service: Config.Labels['com.docker.compose.service'] ?? '',
    id: Id,
    state: State.Status === 'exited' ? `exited(${State.ExitCode})` : State.Status,
    health: State.Health?.Status ?? '-',
    pid: State.Pid,
    restarts: RestartCount,
  };
}

async function settled(stack: Stack, seconds: number): Promise<void> {
  let bad: string[] = [];
  const question = async () => {
    const containers = await stack.containers();
    bad = stack.plan().services.flatMap(({ name, lifetime, healthcheck }) => {
      const it = containers.find(({ service }) => service === name);
      const well =
        lifetime === 'once'
          ? it?.state === 'exited(0)'
          : it?.state === 'running' && (!healthcheck || it.health === 'healthy');
      return well ? [] : [`${name} is ${it?.state ?? 'missing'}, ${it?.health ?? '-'}`];
    });
    return bad.length === 0;
  };
  await until('everything is healthy', seconds, question).catch((error) => {
    throw new Error(`${error.message}: ${bad.join('; ')}`);
  });
}
