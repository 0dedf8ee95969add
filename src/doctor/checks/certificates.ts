import type { SecureContext } from 'node:tls';
import type { Examination } from '../examination.ts';
import type { Finding } from '../finding.ts';
import { handshake, isSelfSigned, readCertificate, type Shown, trust } from '../handshake.ts';
import { relayOf } from '../relay-address.ts';

/** Days before its end by which a certificate should long have been renewed; one for a few days only, in its last quarter. */
const least = 21;
const day = 86_400_000;

interface Place {
  readonly name: string;
  readonly port: number;
  /** It is served from this stack's `certs/`. */
  readonly own: boolean;
  readonly who: string;
}

/** What is served for each name is trusted, for that name, not about to end, and the pair that lies in `certs/`. */
export async function checkCertificates(examination: Examination): Promise<readonly Finding[]> {
  const context = trust(examination.authorities);
  const tries = placesIn(examination).flatMap((place) =>
    examination.at(place.name).map((address) => look(place, address, context, examination)),
  );
  return Promise.all(tries);
}

function placesIn({ plan }: Examination): readonly Place[] {
  const { hostname: name, port } = new URL(plan.url);
  const page = { name, port: Number(port) || 443, own: plan.trustedProxy.listen !== undefined };
  const relay = relayOf(plan);
  const ways = relay?.ways.filter(({ transport }) => transport === 'tls') ?? [];
  return [
    { ...page, who: plan.trustedProxy.name },
    ...ways.map((way) => ({
      name: relay?.host ?? '',
      port: way.port,
      own: relay?.own === true,
      who: relay?.own === true ? 'coturn' : (relay?.host ?? ''),
    })),
  ];
}

async function look(
  place: Place,
  address: string,
  context: SecureContext,
  examination: Examination,
): Promise<Finding> {
  const { name, port, who } = place;
  const shown = await handshake(address, port, name, context);
  const about = { check: 'certificate', subject: `${name}:${port}`, at: [address] } as const;
  if ('certificate' in shown) return { ...about, ...judge(shown, place, examination) };
  return {
    ...about,
    outcome: 'wrong',
    seen: `No certificate is shown: ${shown.reason}.`,
    why: 'Browsers cannot connect.',
    fix: place.own
      ? `On the server: docker compose logs ${who}, and ./stack certs.`
      : `Check whether ${who} serves ${name}.`,
  };
}

function judge(
  { certificate, untrusted, misnamed }: Shown,
  { name, own, who }: Place,
  { plan, certificate: text, vantage }: Examination,
): Pick<Finding, 'outcome' | 'seen' | 'why' | 'fix'> {
  const { source } = plan.answers.certificates;
  const renew = !own
    ? `Renew it in ${who}.`
    : (renewals[source] ?? 'On the server: ./stack certs says what is there.');
  const wrong = (seen: string, why: string, fix = renew) =>
    ({ outcome: 'wrong', seen, why, fix }) as const;
  const filed = own ? readCertificate(text) : undefined;
  const same = filed?.fingerprint256 === certificate.fingerprint256;
  // A first pair that was made on this machine says nothing about the server's.
  const counts = filed && (vantage === 'server' || !isSelfSigned(filed));
  const [starts, ends] = [new Date(certificate.validFrom), new Date(certificate.validTo)];
  if (Number.isNaN(starts.getTime()) || Number.isNaN(ends.getTime()))
    return wrong('Its dates cannot be read.', 'Browsers refuse it.');
  if (counts && !same && new Date(filed.validFrom) > starts) {
    return wrong(
      `It is older than the one in certs/, and ends on ${date(ends)}.`,
      `The new certificate has not been loaded by ${who}.`,
      `On the server: ./stack reload; if that does not help, docker compose logs ${who}.`,
    );
  }
  const days = Math.floor((ends.getTime() - Date.now()) / day);
  if (misnamed) {
    const names = certificate.subjectAltName?.replaceAll('DNS:', '') ?? certificate.subject;
    return wrong(`It is for ${short(names)}, not for ${name}.`, 'Browsers refuse it.');
  }
  if (ends.getTime() < Date.now())
    return wrong(
      `It ended on ${date(ends)}.`,
      'Browsers warn; phone apps and people who need the relay cannot connect.',
    );
  if (starts.getTime() > Date.now())
    return wrong(`It is valid from ${date(starts)} on.`, 'Browsers refuse it until then.', clock);
  const left = `ends on ${date(ends)}, in ${days} days`;
  if (untrusted !== undefined) {
    const alone = isSelfSigned(certificate);
    if (alone && own && source === 'self-signed') {
      const seen = `It is self-signed, as the answers say; browsers warn. It ${left}.`;
      return { outcome: 'ok', seen };
    }
    if (alone)
      return wrong('It is self-signed.', 'Browsers warn, and phone apps refuse it.', renew);
    return wrong(
      `This machine does not trust it (${untrusted}); it was issued by ${issuer(certificate.issuer)}.`,
      'Either the file lacks the authority’s intermediate certificates, or the authority is not a public one.',
      `Put the whole chain into certs/fullchain.pem${own ? '' : ` of ${who}`}. For an authority of your company: NODE_EXTRA_CA_CERTS=/path/to/authority.pem before this command, and its certificate on every device.`,
    );
  }
  const lifetime = (ends.getTime() - starts.getTime()) / day;
  if (days < Math.min(least, lifetime / 4))
    return wrong(`It ${left}.`, 'It should have been renewed by now.');
  const stale = counts && !same ? ' The certs/fullchain.pem here is an older one.' : '';
  return { outcome: 'ok', seen: `It is trusted, for this name, and ${left}.${stale}` };
}

const renewals: Readonly<Record<string, string>> = {
  acme: 'On the server: docker compose logs acme says why it is not renewed; ./stack certs renew tries at once.',
  own: 'On the server: ./stack certs install FULLCHAIN.pem PRIVKEY.pem.',
  'self-signed':
    'On the server: take both files out of certs/; ./stack up then makes a new pair for the right names.',
};

const clock = 'Compare the clocks of this machine and the server.';

function date(time: Date): string {
  return time.toISOString().slice(0, 10);
}

/** `C=US\nO=Let's Encrypt\nCN=E5` as one line. */
function issuer(lines: string): string {
  return short(lines.split('\n').join(', '));
}

/** Names can be many. */
function short(text: string): string {
  return text.length > 200 ? `${text.slice(0, 199)}…` : text;
}
