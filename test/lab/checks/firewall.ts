import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Check, ensure } from '../check.ts';
import { until } from '../process.ts';
import type { Lab } from '../session.ts';
import { scan } from './ports.ts';

/** What runs on the server besides the stack: programs of the host (SSH among them), and another container. */
const strangers = {
  host: [22, 8888],
  hostUdp: [9998],
  container: 9090,
  containerUdp: 9999,
} as const;
const strange = {
  tcp: [...strangers.host, strangers.container],
  udp: [...strangers.hostUdp, strangers.containerUdp],
};

/** No systemd runs in the lab, and this machine's own must not hear of it. */
const standIns = fileURLToPath(
  new URL('../../blueprints/firewall/programs/server', import.meta.url),
);

/** The generated firewall closes what is not in the port table, and leaves open what is. */
export const firewall: Check = {
  name: 'firewall: strangers closed, also after dockerd restarted',
  services: ['edge', 'coturn'],
  async run(lab) {
    const { world, stack, engine } = lab;
    // A router would hide what is open on a server behind it.
    const near = world.topology === 'nat';
    const all = { ...strange, near };
    const home = path.join(lab.scratch, 'firewall');
    const firewall = (word: string, seconds = 600) =>
      world.server.run(['./stack', 'firewall', word, '--yes'], {
        cwd: stack.directory,
        env: {
          ...process.env,
          PATH: `${standIns}:${process.env.PATH}`,
          STACK_FIREWALL: home,
          STACK_CONFIRM: String(seconds),
        },
      });
    await lab.server.does('ports').listen(strangers.host, strangers.hostUdp);
    await startStranger(lab);
    try {
      await until('the stranger answers', 20, () =>
        scan(lab, all).then(
          () => true,
          () => false,
        ),
      );
      await firewall('apply', 1);
      await until('what nobody confirmed is gone', 60, () => existsSync(path.join(home, 'undone')));
      await scan(lab, all);
      await firewall('apply');
      await firewall('confirm');
      await scan(lab, { tcp: [22], near });
      ensure(!(await neighbourReaches(lab)), 'a neighbour reaches a container at its own address');
      await engine.restart();
      await stack.healthy();
      await scan(lab, { tcp: [22], near });
      await firewall('remove');
      await scan(lab, all);
    } finally {
      await world.server.attempt(['nft', 'delete', 'table', 'inet', 'jitsi_stack']);
      await stack.docker(['rm', '-fv', 'stranger']);
      await lab.server.does('ports').silence();
    }
    return 'open without it, and again without confirmation; closed with it, published and host ports, IPv4 and IPv6, TCP and UDP; SSH stays';
  },
};

/** What another container of the owner runs: TCP accepts, UDP echoes. */
const program = `
import socket, threading
def accept():
    listener = socket.create_server(("", 8080))
    while True: listener.accept()[0].close()
threading.Thread(target=accept, daemon=True).start()
echo = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
echo.bind(("", 10000))
while True: echo.sendto(*echo.recvfrom(2048))
`;

/** Another container of the owner, with published ports; the focus’s image has Python. */
async function startStranger({ stack }: Lab): Promise<void> {
  const image = stack.plan().services.find(({ name }) => name === 'jicofo')?.image ?? '';
  const { container, containerUdp } = strangers;
  await stack.docker([
    ...['run', '--detach', '--name', 'stranger', '--restart', 'always'],
    ...['--cap-drop', 'ALL', '--security-opt', 'no-new-privileges:true'],
    ...['--publish', `${container}:8080`, '--publish', `${containerUdp}:10000/udp`],
    ...['--entrypoint', 'python3', image, '-c', program],
  ]);
}

/** Whether a machine on the server's own wire reaches the web container, which publishes nothing. */
async function neighbourReaches({ world, stack }: Lab): Promise<boolean> {
  const { subnet, addresses } = stack.plan().network;
  const neighbour = world.topology === 'nat' ? world.router : world.hub;
  const [four = ''] = world.own;
  await neighbour.attempt(['ip', 'route', 'add', subnet, 'via', four]);
  const url = `http://${addresses.web?.ipv4}:8000/`;
  const answer = await neighbour.attempt(['curl', '-s', '-m', '3', '-o', '/dev/null', url]);
  await neighbour.attempt(['ip', 'route', 'del', subnet]);
  return answer.code === 0;
}
