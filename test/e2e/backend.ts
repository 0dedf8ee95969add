/** Stand-ins behind the edge and the relay: they answer with what reached them. Arguments: web, prosody, UDP addresses. */
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { WebSocketServer } from 'ws';

const [web = '', prosody = '', ...echoes] = process.argv.slice(2);

const seen = (name: string, { method, url, headers, socket }: IncomingMessage, body = '') =>
  JSON.stringify({ name, method, url, headers, peer: socket.remoteAddress, body });

function listen(name: string, address: string, port: number) {
  const http = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      response.setHeader('content-type', 'application/json');
      response.setHeader('x-content-type-options', 'nosniff');
      response.end(seen(name, request, body));
    });
  });
  http.listen(port, address);
  return http;
}

listen('web', web, 8000);
const signalling = listen('prosody', prosody, 5280);
const sockets = new WebSocketServer({ server: signalling, handleProtocols: () => 'xmpp' });
sockets.on('connection', (socket, request) => {
  socket.send(seen('prosody', request));
  socket.on('message', (data) => socket.send(`echo ${data}`));
});

const bound = echoes.map(async (address) => {
  const socket = createSocket(address.includes(':') ? 'udp6' : 'udp4');
  socket.on('message', (data, from) => socket.send(data, from.port, from.address));
  socket.bind(10000, address);
  await once(socket, 'listening');
});
await Promise.all([...bound, once(signalling, 'listening')]);
console.log('ready');
