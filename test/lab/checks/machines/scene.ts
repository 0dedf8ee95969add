import { ensure } from '../../check.ts';
import type { Further } from '../../further.ts';
import { until } from '../../process.ts';
import type { Lab } from '../../session.ts';
import { addresses } from '../../world/addresses.ts';

/** The two further bridges, as the owner names them. */
export const names = ['b1', 'b2'] as const;

/** The answer about them, who come over IPv6; the central machine has public addresses. */
export function bridges(...some: readonly (typeof names)[number][]): object[] {
  return some.map((name) => {
    const [address, address6] = addresses.further[names.indexOf(name)] ?? [];
    return { name, runs: 'bridge', address, address6, reaches: addresses.server[1] };
  });
}

/** What `./stack bridges` says of each, and whether it was content. */
export async function seen({ stack }: Lab): Promise<Readonly<Record<string, string>>> {
  const { code, stdout, stderr } = await stack.tryScript(['bridges']);
  const rows = stdout.split('\n').slice(1).filter(Boolean);
  const said = rows.map((row) => row.split(/ {2,}/)).map(([name, , state = '']) => [name, state]);
  ensure(said.length > 0, `./stack bridges: ${code} ${stdout}${stderr}`);
  return { ...Object.fromEntries(said), code: String(code) };
}

/** Waits until `./stack bridges` says this of one bridge. */
export async function untilSeen(lab: Lab, name: string, state: string, seconds = 120) {
  let last = {};
  await until(`./stack bridges says “${state}” of ${name}`, seconds, async () => {
    last = await seen(lab);
    return (last as Record<string, string>)[name] === state;
  }).catch((error) => {
    throw new Error(`${error.message}; it says ${JSON.stringify(last)}`);
  });
}

/** What `./stack check` says is not well about the bridges, by the names of its checks. */
export async function complaints({ stack }: Lab): Promise<Readonly<Record<string, string>>> {
  const { stdout } = await stack.tryScript(['check', '--json']);
  const { checks } = JSON.parse(stdout) as {
    checks: { check: string; state: string; says: string }[];
  };
  return Object.fromEntries(
    checks
      .filter(({ check, state }) => check.startsWith('bridge') && state !== 'ok')
      .map(({ check, says }) => [check, says]),
  );
}

/** Brings a folder to its machine and starts it there. */
export async function join(further: Further): Promise<void> {
  await further.bring();
  await start(further);
}

/** Starts what is in the folder on its machine. */
export async function start({ stack }: Further): Promise<void> {
  const said = await stack.script(['up']);
  ensure(said.includes('has signed in at the central machine'), said);
}

/** `./stack up` that has to end with a sentence like this. */
export async function refused({ stack, engine }: Further, sentence: RegExp): Promise<void> {
  const env = { ...engine.environment, STACK_TIMEOUT: '25' };
  const { code, stderr } = await stack.tryScript(['up', '--now'], { env });
  ensure(code === 1 && sentence.test(stderr), `./stack up on a machine: ${code} ${stderr}`);
}
