// Documents at /p/NAME, in the one file that DB_FILENAME names. The real one takes what people write over a WebSocket.
const { existsSync, readFileSync, writeFileSync } = require('node:fs');
const { createServer } = require('node:http');

const file = process.env.DB_FILENAME;
if (process.env.DB_TYPE !== 'sqlite' || !file)
  throw new Error('this stand-in keeps documents in a file');
const documents = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
const keep = () => writeFileSync(file, JSON.stringify(documents));
keep();

createServer(async (request, response) => {
  const [, name] = /^\/p\/([^/?]+)$/.exec(request.url) ?? [];
  if (name === undefined) return response.end(`Etherpad: ${request.url}`);
  if (request.method === 'POST') {
    documents[name] = Buffer.concat(await request.toArray()).toString();
    keep();
  }
  response.end(documents[name] ?? process.env.DEFAULT_PAD_TEXT);
}).listen(9001);
for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => process.exit());
