import type { Reply, Silence } from './http.ts';

/** Posts a body to the address of BOSH; `query` goes behind it. */
export type Post = (body: string, query: string) => Promise<Reply | Silence>;

/** A session over BOSH (XEP-0124, XEP-0206) of somebody without an account. */
export interface Session {
  /** How one can sign in there. */
  readonly mechanisms: readonly string[];
  /** Signs in without an account: whether that succeeds. */
  readonly signIn: () => Promise<boolean>;
  /** Tries a password of an account, which has to be made up: whether it is taken; undefined where none can be tried so. */
  readonly signInAs: (user: string, password: string) => Promise<boolean | undefined>;
  /** Sends something and waits for what matches. */
  readonly ask: (stanza: string, answer: RegExp) => Promise<string | undefined>;
  readonly close: () => Promise<void>;
}

const namespaces = "xmlns='http://jabber.org/protocol/httpbind' xmlns:xmpp='urn:xmpp:xbosh'";

/** Where the numbers of the requests of one session begin. */
export function firstRequest(): number {
  return 1_000_000 + Math.floor(Math.random() * 1_000_000);
}

/** One request of a session; `inner` is what it carries. */
export function boshBody(rid: number, attributes: string, inner = ''): string {
  return `<body rid='${rid}' ${attributes} ${namespaces}>${inner}</body>`;
}

/** What the first request says. */
export function openingOf(domain: string): string {
  return `to='${domain}' ver='1.6' wait='2' hold='1' xmpp:version='1.0' xml:lang='en'`;
}

/** Opens a session; `unknown` where the server has no such domain, undefined where nothing that is readable answers. */
export async function openSession(
  post: Post,
  domain: string,
  query = '',
): Promise<Session | 'unknown' | undefined> {
  let rid = firstRequest();
  const send = async (attributes: string, inner = '') => {
    rid += 1;
    const reply = await post(boshBody(rid, attributes, inner), query);
    return 'status' in reply && reply.status === 200 ? reply.body : undefined;
  };
  const first = await send(openingOf(domain));
  if (first && /condition=['"](?:host-unknown|improper-addressing)['"]/.test(first))
    return 'unknown';
  const sid = first && /\ssid=['"]([\w.-]+)['"]/.exec(first)?.[1];
  if (!first || !sid) return undefined;
  const inside = (inner: string) => send(`sid='${sid}'`, inner);
  const ask = async (stanza: string, answer: RegExp) => {
    let text = await inside(stanza);
    // An answer of two seconds without content is how BOSH says that there is none yet.
    for (let polls = 0; text !== undefined && !answer.test(text) && polls < 2; polls += 1)
      text = await inside('');
    return text !== undefined && answer.test(text) ? text : undefined;
  };
  const mechanisms = [...first.matchAll(/<mechanism>([\w-]+)<\/mechanism>/g)].map(
    ([, name = '']) => name,
  );
  const authenticate = async (mechanism: string, initial = '') => {
    const auth = `<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='${mechanism}'>${initial}</auth>`;
    return (await ask(auth, /<(?:success|failure)/))?.includes('<success') ?? false;
  };
  return {
    mechanisms,
    ask,
    async signInAs(user, password) {
      if (!mechanisms.includes('PLAIN')) return undefined;
      return authenticate('PLAIN', Buffer.from(`\0${user}\0${password}`).toString('base64'));
    },
    async signIn() {
      if (!(await authenticate('ANONYMOUS'))) return false;
      await send(`sid='${sid}' to='${domain}' xmpp:restart='true'`);
      const bind = `<iq type='set' id='bind' xmlns='jabber:client'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></iq>`;
      return (await ask(bind, /id=['"]bind['"]/))?.includes('<jid>') ?? false;
    },
    async close() {
      await send(`sid='${sid}' type='terminate'`);
    },
  };
}
