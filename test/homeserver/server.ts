import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** What a homeserver and its user verification service know. */
export interface Knowledge {
  readonly address: string;
  /** 0 for any that is free. */
  readonly port: number;
  /** What the service wants to hear (UVS_AUTH_TOKEN). */
  readonly secret: string;
  /** Whose each OpenID token is. */
  readonly proofs: Readonly<Record<string, string>>;
  /** Powers of those who are in a room, by its id. */
  readonly rooms: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/** What people in tests know: two rooms, of one of which ada is a moderator and of the other eve. */
export const matrix = {
  staff: '!staff:example.org',
  own: '!own:example.org',
  secret: 'what-the-service-wants-to-hear',
  proofs: {
    'ada-proves-it': '@ada:example.org',
    'bob-proves-it': '@bob:example.org',
    'eve-proves-it': '@eve:example.org',
  },
  rooms: {
    '!staff:example.org': { '@ada:example.org': 50, '@bob:example.org': 0 },
    '!own:example.org': { '@eve:example.org': 100 },
  },
} as const;

/**
 * Starts both, as stand-ins.
 *
 * @param enter the words in front of a command that runs where the address is
 */
export async function startHomeserver(
  address = '127.0.0.1',
  port = 0,
  enter: readonly string[] = [],
): Promise<{ readonly url: string; readonly stop: () => Promise<void> }> {
  const { secret, proofs, rooms } = matrix;
  const knowledge: Knowledge = { address, port, secret, proofs, rooms };
  const program = fileURLToPath(new URL('program.ts', import.meta.url));
  const words = [process.execPath, '--import', 'tsx', program, JSON.stringify(knowledge)];
  const [command = '', ...rest] = [...enter, ...words];
  const running = spawn(command, rest, { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(running, 'exit');
  const [said] = await Promise.race([
    once(running.stdout, 'data'),
    ended.then(() => Promise.reject(new Error('The homeserver did not start.'))),
  ]);
  return {
    url: `http://${address}:${String(said).trim()}`,
    async stop() {
      running.kill('SIGKILL');
      await ended;
    },
  };
}
