import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { until } from '../process.ts';
import { type Namespace, start } from '../world/namespace.ts';

/** Docker speaks plain HTTP to this one without being told. */
export const host = '127.0.0.1:5000';
export const account = { REGISTRY_USER: 'ci', REGISTRY_TOKEN: 'lab-token' };
/** `htpasswd -nbB` of the account above. */
const password = 'ci:$2b$04$abcdefghijklmnopqrstuunDVI7G1ISnMlI7IRLO0FCGw1VL6uqYu\n';

/** Debian's `docker-registry` at the server: who pushes has to log in, as anywhere. */
export async function startRegistry(server: Namespace, scratch: string) {
  const file = (name: string) => path.join(scratch, name);
  writeFileSync(file('htpasswd'), password);
  writeFileSync(
    file('registry.json'),
    JSON.stringify({
      version: 0.1,
      log: { level: 'error' },
      storage: { filesystem: { rootdirectory: file('registry') } },
      http: { addr: host },
      auth: { htpasswd: { realm: 'lab', path: file('htpasswd') } },
    }),
  );
  const running = start(server, ['docker-registry', 'serve', file('registry.json')]);
  await until('the registry answers', 20, async () => {
    const { code } = await server.attempt(['curl', '-s', '-o', '/dev/null', `http://${host}/v2/`]);
    return code === 0;
  });
  return running;
}
