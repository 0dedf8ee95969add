import type { Outcome } from './command.ts';
import { inSandbox } from './sandbox.ts';

/** Has Docker Compose judge `compose.yaml` with its `.env`; its output is what it understood, as JSON. */
export function composeConfig(stack: string): Promise<Outcome> {
  return inSandbox(
    'docker-compose',
    ['--project-directory', '/stack', 'config', '--format', 'json'],
    { binds: { '/stack': stack } },
  );
}

/** The parts of Compose's own view that the tests look at. */
export interface ComposeView {
  readonly services: Readonly<
    Record<
      string,
      {
        readonly environment?: Readonly<Record<string, string>>;
        readonly ports?: readonly {
          readonly target: number;
          readonly published: string;
          readonly protocol: string;
          readonly host_ip?: string;
        }[];
        readonly network_mode?: string;
      }
    >
  >;
}

/** What Compose understands, or an error with its words. */
export async function composeView(stack: string): Promise<ComposeView> {
  const outcome = await composeConfig(stack);
  if (!outcome.ok) throw new Error(outcome.output);
  // It prints a literal dollar as two, so that its output could be read again.
  return JSON.parse(outcome.stdout, (_, value) =>
    typeof value === 'string' ? value.replaceAll('$$', '$') : value,
  );
}
