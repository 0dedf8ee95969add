import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { type Issuer, issue } from '../authority.ts';
import { until } from '../process.ts';
import { type Namespace, start } from '../world/namespace.ts';

/** Where people of the lab sign in elsewhere. */
export const providerHost = 'id.example.org';
export const providerUrl = `https://${providerHost}:8443`;

/** What the program of the provider is told. */
export interface Setup {
  readonly issuer: string;
  /** Address of the stack. */
  readonly client: string;
  readonly secret: string;
  readonly certificate: string;
  readonly key: string;
  /** Groups by name. */
  readonly groups: Readonly<Record<string, readonly string[]>>;
}

/** Starts it at a machine of the world, with a certificate of the lab's authority. */
export async function startProvider(
  at: Namespace,
  issuer: Issuer,
  directory: string,
  { client, secret, groups }: Pick<Setup, 'client' | 'secret' | 'groups'>,
): Promise<{ readonly stop: () => Promise<void> }> {
  const pair = await issue(issuer, directory, 'provider', [providerHost]);
  const setup: Setup = { issuer: providerUrl, client, secret, groups, ...pair };
  const file = path.join(directory, 'provider.json');
  writeFileSync(file, JSON.stringify(setup));
  const program = path.join(import.meta.dirname, 'server.ts');
  const running = start(at, [process.execPath, '--import', 'tsx', program, file]);
  const answers = `https://127.0.0.1:8443/.well-known/openid-configuration`;
  await until('the provider answers', 120, async () => {
    const answer = await at.attempt(['curl', '-sfk', '-m', '5', answers]);
    return answer.code === 0;
  }).catch(async (error) => {
    await running.stop();
    throw new Error(`${error.message}\n${running.said()}`);
  });
  return { stop: running.stop };
}
