/** Stands in for Jitsi's web server: says who asked for what, and echoes what comes in on a WebSocket. Argument: the port. */
import { createServer } from 'node:http';

const server = createServer((request, response) => {
  const { method, url, headers, socket } = request;
  response.end(JSON.stringify({ method, url, headers, from: socket.remoteAddress }));
});
server.on('upgrade', ({ url }, socket) => {
  socket.write(
    'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n',
  );
  socket.on('data', (chunk) => socket.write(`${url} ${chunk}`));
  socket.on('error', () => {});
});
server.listen(Number(process.argv[2]), '::');
