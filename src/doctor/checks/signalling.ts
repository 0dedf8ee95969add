import { createHash, randomBytes } from 'node:crypto';
import type { Plan, Route } from '../../plan/plan.ts';
import { boshBody, firstRequest, openingOf } from '../bosh.ts';
import { domainsOf } from '../domains.ts';
import type { Examination } from '../examination.ts';
import type { Finding } from '../finding.ts';
import { type Reply, request } from '../http.ts';
import { noAnswer, serverTrouble } from './no-answer.ts';

type Judgement = Pick<Finding, 'outcome' | 'seen' | 'why' | 'fix'>;

/** XMPP comes through the edge, as a WebSocket and as plain requests. */
export async function checkSignalling({ plan, at }: Examination): Promise<readonly Finding[]> {
  const { host } = new URL(plan.url);
  const routes = plan.routes.filter(({ kind }) => kind === 'websocket' || kind === 'bosh');
  const tries = at(plan.answers.domain).flatMap((address) =>
    routes.map(async ({ path, kind }): Promise<Finding> => {
      const scheme = kind === 'websocket' ? 'wss' : 'https';
      const subject = `${scheme}://${host}${path}`;
      const judge = kind === 'websocket' ? openSocket : openSession;
      const said = await judge(address, `${plan.url}${path}`, plan);
      return { check: 'signalling', subject, ...said, at: [address] };
    }),
  );
  return Promise.all(tries);
}

/** The opening handshake of RFC 6455, as a browser sends it. */
async function openSocket(address: string, url: string, plan: Plan): Promise<Judgement> {
  const key = randomBytes(16).toString('base64');
  const reply = await request({
    address,
    url,
    headers: {
      connection: 'Upgrade',
      upgrade: 'websocket',
      origin: plan.url,
      'sec-websocket-key': key,
      'sec-websocket-version': '13',
      'sec-websocket-protocol': 'xmpp',
    },
  });
  if ('reason' in reply) return noAnswer(reply);
  if (reply.status !== 101) return noSocket(reply.status, plan);
  const accepted = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`);
  const { 'sec-websocket-accept': accept, 'sec-websocket-protocol': protocol } = reply.headers;
  if (accept === accepted.digest('base64') && protocol === 'xmpp')
    return { outcome: 'ok', seen: 'A WebSocket opens and speaks XMPP.' };
  return {
    outcome: 'wrong',
    seen: `A WebSocket opens, but speaks ${protocol?.slice(0, 100) ?? 'nothing that was asked for'} instead of xmpp.`,
    why: 'Something else than prosody answers there.',
    fix: `See where ${plan.trustedProxy.name} sends ${new URL(url).pathname}.`,
  };
}

function noSocket(status: number, plan: Plan): Judgement {
  const said = serverTrouble(status, serviceOf('websocket', plan), plan);
  if (status >= 500) return said;
  return {
    ...said,
    why: `The page loads, and joining ends in “You have been disconnected”. The question to change to a WebSocket does not reach prosody: ${status === 403 ? 'something refuses it' : 'its headers Upgrade and Connection are lost on the way'}, often in another proxy in front.`,
  };
}

/** Opens a session (XEP-0206) and closes it. */
async function openSession(address: string, url: string, plan: Plan): Promise<Judgement> {
  const domain = domainsOf(plan).members;
  const rid = firstRequest();
  const headers = { 'content-type': 'text/xml', origin: plan.url };
  const post = (body: string) => request({ address, url, method: 'POST', headers, body });
  const reply = await post(boshBody(rid, openingOf(domain)));
  if ('reason' in reply) return noAnswer(reply);
  if (reply.status !== 200) return serverTrouble(reply.status, serviceOf('bosh', plan), plan);
  const sid = attribute('sid', reply);
  if (sid === undefined) {
    const condition = attribute('condition', reply);
    return {
      outcome: 'wrong',
      seen: `It answers 200, but opens no session for ${domain}${condition ? `: ${condition}` : ''}.`,
      why: 'Something else than prosody answers there, or prosody does not serve this site.',
      fix: 'On the server: docker compose logs prosody.',
    };
  }
  await post(boshBody(rid + 1, `sid='${sid}' type='terminate'`));
  return { outcome: 'ok', seen: `A session opens for ${domain}.` };
}

function attribute(name: string, { body }: Reply): string | undefined {
  return new RegExp(`^\\s*<body[^>]*\\s${name}=['"]([\\w.-]+)['"]`).exec(body)?.[1];
}

function serviceOf(kind: Route['kind'], plan: Plan): string {
  return plan.routes.find((route) => route.kind === kind)?.service ?? 'prosody';
}
