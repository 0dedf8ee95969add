// Grafana as far as the lab asks it: health, the data sources of its files, and their answers for admin alone.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';

const { GF_SECURITY_ADMIN_PASSWORD: password = '', GF_PATHS_PROVISIONING: files = '' } =
  process.env;
// Its database lies there: without it, Grafana does not start.
writeFileSync('/var/lib/grafana/grafana.db', 'a stand-in');

/** Addresses by uid, of the few lines that a data source has in the stack's files. */
const sources = new Map(
  readdirSync(`${files}/datasources`).flatMap((name) => {
    const text = readFileSync(`${files}/datasources/${name}`, 'utf8');
    const of = (key) => new RegExp(`^ +${key}: (\\S+)$`, 'm').exec(text)?.[1];
    return of('uid') && of('url') ? [[of('uid'), of('url')]] : [];
  }),
);
console.log(`logger=provisioning data sources: ${[...sources.keys()].join(' ')}`);
const allowed = `Basic ${Buffer.from(`admin:${password}`).toString('base64')}`;

createServer(async ({ url = '', headers }, response) => {
  const say = (code, text) =>
    response.writeHead(code, { 'content-type': 'application/json' }).end(text);
  if (url === '/api/health') return say(200, '{"database":"ok"}');
  if (password === '' || headers.authorization !== allowed)
    return say(401, '{"message":"Unauthorized"}');
  if (url === '/api/datasources') return say(200, JSON.stringify([...sources.keys()]));
  const [, uid = '', path = ''] = /^\/api\/datasources\/proxy\/uid\/([^/]+)(\/.*)$/.exec(url) ?? [];
  const to = sources.get(uid);
  if (!to) return say(404, '{}');
  try {
    const answer = await fetch(`${to}${path}`);
    say(answer.status, await answer.text());
  } catch (error) {
    say(502, JSON.stringify({ message: String(error) }));
  }
}).listen(3000);
process.on('SIGTERM', () => process.exit(0));
