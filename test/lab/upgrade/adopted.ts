import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { upstream } from '../../adopt/installations.ts';
import { domain } from '../answers.ts';
import { run } from '../process.ts';
import { identity, openStack, program, type Stack } from '../stack.ts';
import { older, type Scene } from './scene.ts';

/** Makes a folder as docker-jitsi-meet has it, with the accounts and secrets of this stack, and adopts it as a stack of its own. */
export async function adoptOldFolder({ stack, engine }: Scene): Promise<Stack> {
  const beside = path.join(stack.directory, '..', 'before');
  const old = path.join(beside, 'docker-jitsi-meet');
  const { publicAddresses } = stack.plan().answers.network;
  const env = `CONFIG=${beside}/.jitsi-meet-cfg
HTTP_PORT=80
HTTPS_PORT=443
PUBLIC_URL=https://${domain}
JVB_ADVERTISE_IPS=${publicAddresses.filter((address) => !address.includes(':')).join(',')}
ENABLE_AUTH=1
ENABLE_GUESTS=1
AUTH_TYPE=internal
JICOFO_AUTH_PASSWORD=${stack.secret('JICOFO_AUTH_PASSWORD')}
JVB_AUTH_PASSWORD=${stack.secret('JVB_AUTH_PASSWORD')}
`;
  mkdirSync(old, { recursive: true });
  for (const [name, text] of Object.entries(upstream(env, older)))
    writeFileSync(path.join(old, name), text);
  cpSync(
    path.join(stack.directory, 'data/prosody/data'),
    path.join(beside, '.jitsi-meet-cfg/prosody/config/data'),
    { recursive: true },
  );
  const directory = path.join(beside, 'meet');
  const choices = ['--edge', 'nginx', '--certificates', 'self-signed', '--turn', 'none'];
  const [node = '', ...words] = program;
  await run(node, [...words, 'adopt', old, directory, '--yes', ...choices, '--firewall', 'none'], {
    cwd: import.meta.dirname,
    env: identity,
  });
  // People here trust the pair that the other stack had.
  cpSync(path.join(stack.directory, 'certs'), path.join(directory, 'certs'), { recursive: true });
  return openStack(directory, () => engine.environment);
}
