import type { RawAnswers } from '../../src/answers/complete.ts';
import { withEdges } from './edges.ts';

const exposures = {
  public: { publicAddresses: ['198.51.100.7'], lanAddresses: [] },
  nat: { publicAddresses: ['198.51.100.7'], lanAddresses: ['192.168.10.20'] },
  lan: { publicAddresses: [], lanAddresses: ['192.168.10.20'] },
};
const sixes = { public: '2001:db8::7', nat: '2001:db8::7', lan: 'fd00:10::20' };
const certificates = [
  { source: 'acme', email: 'ops@example.org' },
  { source: 'own' },
  { source: 'self-signed' },
];
const relays = [
  { mode: 'coturn', domain: 'turn.example.org' },
  { mode: 'existing', host: 'relay.example.net' },
  { mode: 'none' },
];
const auths = [
  { mode: 'open' },
  { mode: 'internal', guests: true },
  { mode: 'internal', guests: false },
];
const firewalls = [[], ['nftables'], ['ufw'], ['firewalld'], ['nftables', 'ufw']];

/** Answers with a name that says which combination they are. */
export interface Combination {
  readonly name: string;
  readonly raw: RawAnswers;
}

/** Every combination of answers that goes together behind NGINX. */
const behindNginx: readonly Combination[] = Object.entries(exposures).flatMap(
  ([exposure, addresses]) =>
    certificates
      .filter(({ source }) => !(exposure === 'lan' && source === 'acme'))
      .flatMap((certificate) =>
        relays.flatMap((turn) =>
          auths.flatMap((auth) =>
            [false, true].flatMap((ipv6) =>
              firewalls.map((firewall) => {
                const network = { exposure, ipv6, ...withSix(exposure, addresses, ipv6) };
                return {
                  name: [
                    exposure,
                    certificate.source,
                    turn.mode,
                    Object.values(auth).join('+'),
                    ipv6 ? 'ipv6' : 'ipv4',
                    firewall.join('+') || 'no firewall',
                  ].join(', '),
                  raw: {
                    domain: 'meet.example.org',
                    network,
                    certificates: certificate,
                    turn,
                    auth,
                    firewall,
                  },
                };
              }),
            ),
          ),
        ),
      ),
);

/** Those, and all other edges with what changes for them. */
export const combinations: readonly Combination[] = [
  ...behindNginx,
  ...withEdges(
    Object.entries(exposures).flatMap(([exposure, addresses]) =>
      [false, true].map((ipv6) => ({
        name: `${exposure}, ${ipv6 ? 'ipv6' : 'ipv4'}`,
        network: { exposure, ipv6, ...withSix(exposure, addresses, ipv6) },
      })),
    ),
  ),
];

function withSix(
  exposure: string,
  addresses: { publicAddresses: string[]; lanAddresses: string[] },
  ipv6: boolean,
) {
  if (!ipv6) return addresses;
  const six = sixes[exposure as keyof typeof sixes];
  return exposure === 'lan'
    ? { ...addresses, lanAddresses: [...addresses.lanAddresses, six] }
    : { ...addresses, publicAddresses: [...addresses.publicAddresses, six] };
}
