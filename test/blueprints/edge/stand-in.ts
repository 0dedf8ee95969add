/** Stands in for Jitsi's web server: says who asked for what, and echoes what comes in on a WebSocket. Argument: the port. */
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';

const server = createServer((request, response) => {
  const { method, url, headers, socket } = request;
  response.end(
    JSON.stringify({ method, url, headers, from: socket.remoteAddress, port: socket.localPort }),
  );
});
server.on('upgrade', ({ url, headers }, socket) => {
  // As RFC 6455 has it; HAProxy looks at it.
  const key = `${headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`;
  const accept = createHash('sha1').update(key).digest('base64');
  socket.write(
    `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
  );
  socket.on('data', (chunk) => socket.write(`${url} ${chunk}`));
  socket.on('error', () => {});
});
server.listen(Number(process.argv[2]), '::');
