import { existsSync } from 'node:fs';
import path from 'node:path';
import { pinned } from '../../images.ts';
import { answersFor } from '../answers.ts';
import { beyondSystemd } from '../beyond-systemd.ts';
import { type Check, ensure, same } from '../check.ts';
import { answer } from '../owner.ts';
import { until } from '../process.ts';
import type { Lab } from '../session.ts';
import { addresses } from '../world/addresses.ts';
import { start } from '../world/namespace.ts';

const ours = ['prometheus', 'grafana', 'loki', 'alloy'] as const;
/** Those that tell numbers in the lab: bridge and focus are stand-ins without, and Debian’s coTURN has none. */
const measured = ['prosody', 'nginx', 'node', 'prometheus', 'loki', 'alloy'];
const chat = { host: addresses.hub.server[0], port: 8099 };

/** What Grafana passes on to whoever has its password, asked on the server as through SSH. */
async function grafana({ world, stack }: Lab, url: string): Promise<string> {
  const login = `admin:${stack.secret('GRAFANA_PASSWORD')}`;
  return world.server.run(['curl', '-fsS', '-m', '10', '-u', login, `http://127.0.0.1:3000${url}`]);
}

/** Lines of a service that Loki has, with these words. */
async function lines(lab: Lab, service: string, words: string): Promise<readonly string[]> {
  const query = encodeURIComponent(`{service="${service}"} |= "${words}"`);
  const said = await grafana(
    lab,
    `/api/datasources/proxy/uid/stack-logs/loki/api/v1/query_range?query=${query}`,
  );
  const { data }: { data: { result: { values: [string, string][] }[] } } = JSON.parse(said);
  return data.result.flatMap(({ values }) => values.map(([, line]) => line));
}

async function containerOf({ stack }: Lab, name: string): Promise<string> {
  const found = (await stack.containers()).find(({ service }) => service === name);
  ensure(found, `there is no ${name}`);
  return found.id;
}

/** A service prints a line, as its program would. */
async function prints(lab: Lab, service: string, line: string): Promise<void> {
  const words = ['sh', '-c', 'printf "%s\\n" "$1" >/proc/1/fd/1', '-', line];
  await lab.stack.docker(['exec', await containerOf(lab, service), ...words]);
}

/** Nobody outside reaches any of it, nor the server’s own programs what is not for them. */
async function shut({ world, internet, lan }: Lab): Promise<void> {
  const [host = ''] = world.outside;
  for (const person of [internet, lan])
    for (const port of [3000, 9090, 3100, 9100, 12345]) {
      const said = await person.does('http').get(`http://${host}:${port}/`).catch(String);
      ensure(typeof said === 'string', `${port} answers somebody outside`);
    }
  const page = await world.server.attempt([
    ...['curl', '-s', '-o', '/dev/null', '-w', '%{http_code}'],
    'http://127.0.0.1:3000/api/datasources',
  ]);
  same(page.stdout, '401', 'what Grafana tells somebody without its password');
}

/** Lines arrive with their service, without secrets, and from Docker alone; `./stack logs` has them as before. */
async function logged(lab: Lab): Promise<void> {
  const { stack } = lab;
  const arrived = (words: string, service = 'jicofo') =>
    until(`“${words}” in Loki`, 60, async () => (await lines(lab, service, words)).length > 0);
  await prints(lab, 'jicofo', 'first: password=hunter22 for room weekly');
  await arrived('first: ');
  same(await lines(lab, 'jicofo', 'first: '), ['first: password=*** for room weekly'], 'the line');
  const local = await stack.logs('jicofo');
  ensure(local.includes('first: password=hunter22'), './stack logs has lost its lines');
  const forged = '<30>1 2026-11-26T00:00:00Z host jicofo 1 jicofo - forged\\n';
  const [address = ''] = [stack.plan().network.addresses.alloy?.ipv4];
  const send = `printf '${forged}' >/dev/udp/${address}/1514`;
  await stack.docker(['exec', await containerOf(lab, 'nginx'), 'bash', '-c', send]);
  await prints(lab, 'jicofo', 'second');
  await arrived('second');
  same(await lines(lab, 'jicofo', 'forged'), [], 'what a container says in another one’s name');
  // Without Alloy everything starts and goes on, and what is said then stays with Docker.
  await stack.compose(['stop', '--timeout', '5', 'alloy']);
  await stack.compose(['restart', '--timeout', '5', 'jicofo']);
  await prints(lab, 'jicofo', 'while it was away');
  ensure((await stack.logs('jicofo')).includes('while it was away'), 'Docker kept nothing');
  await stack.compose(['start', 'alloy']);
  await stack.healthy(180);
  await prints(lab, 'jicofo', 'third');
  await arrived('third');
}

/** The bridge stops, and somebody hears of it in a chat: once, when two calls in a row have found it. */
async function told(lab: Lab, env: NodeJS.ProcessEnv): Promise<void> {
  const { world, stack } = lab;
  const program = `require('http').createServer((request, response) => {
    request.on('data', (part) => process.stdout.write(part));
    request.on('end', () => { process.stdout.write('\\n'); response.end('ok'); });
  }).listen(${chat.port})`;
  const heard = start(world.hub, [process.execPath, '-e', program]);
  const call = () =>
    world.server.attempt(['./stack', 'check', '--tell'], { cwd: stack.directory, env });
  try {
    await until('the chat listens', 30, async () => {
      const said = await world.hub.attempt(['curl', '-s', `http://${chat.host}:${chat.port}/`]);
      return said.code === 0;
    });
    await stack.compose(['stop', '--timeout', '2', 'jvb']);
    await call();
    ensure(!heard.said().includes('jvb'), 'what was found once was told');
    const { stderr } = await call();
    await until('the chat hears of the bridge', 30, async () => /jvb/.test(heard.said())).catch(
      () => {
        throw new Error(`the chat heard ${JSON.stringify(heard.said())}; ${stderr}`);
      },
    );
  } finally {
    await heard.stop();
    await stack.compose(['start', 'jvb']);
  }
  await stack.healthy(180);
}

/** Graphs and logs on a stack that runs: switched on, used, changed, and off again. */
export const monitoring: Check = {
  name: 'monitoring and logs: on, told, changed and off on the running stack',
  services: [...ours, 'node-exporter'],
  topologies: ['public'],
  edges: ['nginx'],
  long: true,
  images: ours.flatMap((name) =>
    Object.values(pinned).filter((image) => image.includes(`/${name}:`)),
  ),
  async run(lab) {
    const { stack, world, edge, scratch } = lab;
    const env = beyondSystemd(lab, path.join(scratch, 'timer'));
    const plain = answersFor(world, edge);
    const roomy = { ...plain, host: { memory: 8192, timezone: 'Europe/Berlin' } };
    const chosen = { ...roomy, extras: ['monitoring', 'logs'], alerts: { by: 'webhook' } };
    const moveTo = async (answers: object) => {
      await answer(lab, answers);
      await stack.script(['up'], { env });
      await stack.healthy(240);
    };
    await answer(lab, chosen);
    await stack.script(['secret', 'NOTIFY_WEBHOOK'], {
      env,
      input: `http://${chat.host}:${chat.port}/hook\n`,
    });
    await moveTo(chosen);
    await shut(lab);
    let up: readonly string[] = [];
    await until('all give numbers', 150, async () => {
      const said = await grafana(lab, '/api/datasources/proxy/uid/stack/api/v1/targets');
      const { data }: { data: { activeTargets: { labels: { job: string }; health: string }[] } } =
        JSON.parse(said);
      up = data.activeTargets.flatMap(({ labels, health }) => (health === 'up' ? labels.job : []));
      return measured.every((job) => up.includes(job));
    }).catch(() => {
      throw new Error(`numbers come from ${up.join(', ')} only`);
    });
    const standing = await stack.tryScript(['check'], { env });
    for (const line of ['bridge-load', 'numbers', 'logs-lost', 'logs-silent'])
      ensure(new RegExp(`^ok +${line} `, 'm').test(standing.stdout), standing.stdout);
    await logged(lab);
    await told(lab, env);

    const before = await stack.containers();
    await moveTo({ ...chosen, logs: { days: 3 } });
    const after = await stack.containers();
    const anew = after.filter(({ id }) => !before.some((one) => one.id === id));
    same(
      anew
        .map(({ service }) => service)
        .filter((service) => !['prepare', 'remember'].includes(service)),
      ['loki'],
      'what starts anew for another number of days',
    );
    ensure((await lines(lab, 'jicofo', 'first: ')).length === 1, 'Loki has lost what it had');

    await moveTo({ ...chosen, extras: ['monitoring'] });
    const kept = await stack.docker([
      ...['inspect', '--format', '{{.HostConfig.LogConfig.Type}}'],
      await containerOf(lab, 'jicofo'),
    ]);
    same(kept.trim(), 'json-file', 'where lines go afterwards');
    same(JSON.parse(await grafana(lab, '/api/datasources')), ['stack'], 'what Grafana has');
    await moveTo(plain);
    const left = (await stack.containers()).filter(({ service }) =>
      (ours as readonly string[]).includes(service),
    );
    same(
      left.map(({ service }) => service),
      [],
      'what is left of it',
    );
    ensure(existsSync(path.join(stack.directory, 'data/loki/lines.json')), 'the logs are gone');
    return `numbers of ${measured.join(', ')}; lines without secrets and from Docker alone; the bridge’s end told in a chat; bridge and focus stand in, without numbers`;
  },
};
