// Answers on the ports it is given, over IPv4 and IPv6, and says so when it is ready.
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';

const ports = JSON.parse(process.argv[2]);
const ready = [];
for (const port of ports.tcp) {
  const server = createServer((socket) =>
    socket.on('error', () => {}).on('data', (data) => socket.write(data)),
  );
  ready.push(once(server.listen(port, '::'), 'listening'));
}
for (const port of ports.udp) {
  for (const type of ['udp4', 'udp6']) {
    const socket = createSocket({ type, ipv6Only: type === 'udp6' });
    socket.on('message', (data, { port: to, address }) => socket.send(data, to, address));
    socket.bind(port);
    ready.push(once(socket, 'listening'));
  }
}
await Promise.all(ready);
console.log('ready');
