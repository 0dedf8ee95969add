import { domain, namespace } from './names.ts';
import { type, type World } from './world.ts';

/** The password of everybody here. */
export const password = 'a long enough password';

/** Adds an account as the README says, at a terminal. */
export async function addAccount(world: World, name: string): Promise<void> {
  const { cluster, owner } = world;
  const step = owner.stack.plan().steps.find(({ title }) => title === 'Add yourself');
  const command = (step?.command ?? '').replace('NAME@', `${name}@`);
  const { directory: cwd } = owner.stack;
  const said = await cluster.run(['script', '-qec', command, '/dev/null'], {
    cwd,
    input: `${password}\n${password}\n`,
  });
  // prosodyctl ends with 0 whatever happens.
  if (/error|denied|unable/i.test(said)) throw new Error(said);
}

/** Signs in over the page's WebSocket: the address that prosody gave. */
export async function signIn({ cluster, visitor }: World, name: string): Promise<string> {
  const address = await pageAddress(cluster);
  const xmpp = visitor.does('xmpp');
  const session = `${name} ${Date.now()}`;
  const given = await xmpp.login(session, {
    url: `ws://${address}/xmpp-websocket`,
    domain: 'meet.jitsi',
    username: name,
    password,
    headers: { host: domain },
  });
  await xmpp.leave(session);
  return given;
}

/** Where the page's service answers inside the cluster. */
export async function pageAddress(cluster: World['cluster']): Promise<string> {
  const service = await cluster.get<{ spec: { clusterIP: string } }>(
    ...['service', '-n', namespace, 'jitsi-web'],
  );
  return service.spec.clusterIP;
}

/** A command in a pod. */
export function inPod({ cluster }: Pick<World, 'cluster'>, pod: string, ...words: string[]) {
  return cluster.attempt(['kubectl', 'exec', '-n', namespace, pod, '--', ...words]);
}

/** Somebody begins a meeting on a bridge: what it offers them. */
export async function meetOn(world: World, bridge: string): Promise<string> {
  const { code, stdout, stderr } = await post(world, bridge, 'offer');
  if (code !== 0) throw new Error(`${bridge} takes no meeting: ${stderr}`);
  return stdout;
}

/** All that are on a bridge leave. */
export async function leaveFrom(world: World, bridge: string): Promise<void> {
  await post(world, bridge, 'leave');
}

function post(world: World, bridge: string, what: string) {
  const curl = ['curl', '-fsS', '-X', 'POST', `http://127.0.0.1:8080/${what}`];
  return inPod(world, bridge, ...curl);
}

/** Everything again that the README has typed to install the stack, but for what is made once. */
export async function applyAgain(world: World): Promise<string> {
  const said: string[] = [];
  for (const command of world.owner.commands().filter((one) => !one.includes(' create ')))
    said.push(await type(world, command));
  return said.join('\n');
}
