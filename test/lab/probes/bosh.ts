import { get } from './http.ts';

/** Opens a BOSH session (XEP-0206) and closes it: the mechanisms that the server offers for logging in. */
export async function session(
  url: string,
  domain: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<{ readonly mechanisms: readonly string[]; readonly sid: string }> {
  const rid = 1_000_000 + Math.floor(Math.random() * 1_000_000);
  const post = (body: string) =>
    get(url, { method: 'POST', headers: { 'content-type': 'text/xml', ...headers }, body });
  const frame = "xmlns='http://jabber.org/protocol/httpbind' xmlns:xmpp='urn:xmpp:xbosh'";
  const opened = await post(
    `<body rid='${rid}' to='${domain}' ver='1.6' wait='5' hold='1' xmpp:version='1.0' ${frame}/>`,
  );
  const sid = /\bsid='([^']+)'/.exec(opened.body)?.[1];
  if (opened.status !== 200 || !sid) throw new Error(`HTTP ${opened.status}: ${opened.body}`);
  const mechanisms = [...opened.body.matchAll(/<mechanism>([^<]+)<\/mechanism>/g)].map(
    ([, name]) => name ?? '',
  );
  await post(`<body rid='${rid + 1}' sid='${sid}' type='terminate' ${frame}/>`);
  return { mechanisms, sid };
}
