import { until } from '../process.ts';
import type { Lab } from '../session.ts';
import { scan } from './ports.ts';

/** What runs on the server besides the stack: programs of the host (SSH among them), and another container. */
const strangers = {
  host: [22, 8888],
  hostUdp: [9998],
  container: 9090,
  containerUdp: 9999,
  /** Published on 127.0.0.1 only. */
  loopback: 9191,
} as const;

/** Where a program of the server itself echoes datagrams. */
export const echoPort = strangers.hostUdp[0];

/** Which of them answer everybody where nothing filters, and which one has to answer with any firewall. */
export const strange = {
  tcp: [...strangers.host, strangers.container],
  udp: [...strangers.hostUdp, strangers.containerUdp],
};
export const ssh = { tcp: [22] };

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

/** Does something while all of them run on the server. */
export async function amongStrangers<Result>(
  lab: Lab,
  work: () => Promise<Result>,
): Promise<Result> {
  const { stack, server, world } = lab;
  const ports = server.does('ports');
  await ports.listen(strangers.host, strangers.hostUdp);
  try {
    await startContainer(lab);
    // A router would hide what is open on a server behind it.
    const all = { ...strange, near: world.topology === 'nat' };
    await until('the strangers answer', 60, () =>
      scan(lab, all).then(
        () => true,
        () => false,
      ),
    );
    return await work();
  } finally {
    await stack.docker(['rm', '-fv', 'stranger']);
    await ports.silence();
  }
}

/** Another container of the owner, with published ports; the focus’s image has Python. */
async function startContainer({ stack }: Lab): Promise<void> {
  const image = stack.plan().services.find(({ name }) => name === 'jicofo')?.image ?? '';
  const { container, containerUdp, loopback } = strangers;
  await stack.docker([
    ...['run', '--detach', '--name', 'stranger', '--restart', 'always'],
    ...['--cap-drop', 'ALL', '--security-opt', 'no-new-privileges:true'],
    ...['--publish', `${container}:8080`, '--publish', `${containerUdp}:10000/udp`],
    ...['--publish', `127.0.0.1:${loopback}:8080`],
    ...['--entrypoint', 'python3', image, '-c', program],
  ]);
}

/**
 * What a machine on the server's own wire reaches of containers by a route of its own: the web container, which publishes
 * nothing, over IPv4 and IPv6, and what is published on 127.0.0.1 only.
 */
export async function detours({ world, stack }: Lab): Promise<string[]> {
  const { subnet, subnet6, addresses } = stack.plan().network;
  const stranger = (
    await stack.docker(['inspect', '-f', '{{.NetworkSettings.IPAddress}}', 'stranger'])
  ).trim();
  const neighbour = world.topology === 'nat' ? world.router : world.hub;
  const [four = '', six = ''] = world.own;
  const ways = [
    { net: subnet, via: four, url: `http://${addresses.web?.ipv4}:8000/` },
    ...(subnet6 && addresses.web?.ipv6
      ? [{ net: subnet6, via: six, url: `http://[${addresses.web.ipv6}]:8000/` }]
      : []),
    { net: `${stranger}/32`, via: four, url: `http://${stranger}:8080/` },
  ];
  const reached: string[] = [];
  for (const { net, via, url } of ways) {
    await neighbour.attempt(['ip', 'route', 'add', net, 'via', via]);
    const answer = await neighbour.attempt(['curl', '-sg', '-m', '3', '-o', '/dev/null', url]);
    await neighbour.attempt(['ip', 'route', 'del', net]);
    // Any other end than silence or a refusal on the way: the container closed the connection itself.
    if (![7, 28].includes(answer.code)) reached.push(url);
  }
  return reached;
}
