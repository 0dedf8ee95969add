/** Stand-ins that answer as Jitsi's web and prosody do, as far as somebody who only looks can tell. Arguments: web, prosody. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';
import { configOf } from '../doctor/site.ts';

const [webAddress = '', prosodyAddress = ''] = process.argv.slice(2);

const web = createServer(({ url, headers }, response) => {
  if (url === '/') response.end('<title>Jitsi Meet</title>');
  else if (url === '/config.js') response.end(configOf(`https://${headers.host}`));
  else response.writeHead(404).end();
}).listen(8000, webAddress);

const prosody = createServer(({ method, url, headers }, response) => {
  // As prosody does, by the host that the edge has to name.
  const right = url?.startsWith('/http-bind') && method === 'POST' && headers.host === 'meet.jitsi';
  if (!right) response.writeHead(404);
  response.end(right ? `<body xmlns='http://jabber.org/protocol/httpbind' sid='a-1'/>` : '');
}).listen(5280, prosodyAddress);
new WebSocketServer({ server: prosody, handleProtocols: () => 'xmpp' });

await Promise.all([web, prosody].map((server) => server.listening || once(server, 'listening')));
console.log('ready');
