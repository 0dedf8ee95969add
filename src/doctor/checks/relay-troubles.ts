import { listed } from '../../listed.ts';
import type { Plan } from '../../plan/plan.ts';
import type { Examination } from '../examination.ts';
import type { Finding } from '../finding.ts';
import type { RelayAddress, RelayWay } from '../relay-address.ts';
import { silent } from '../turn.ts';
import { isPrivate } from '../vantage.ts';

export type Judgement = Pick<Finding, 'outcome' | 'seen' | 'why' | 'fix'>;

export function quiet(
  { own }: RelayAddress,
  { transport, port }: RelayWay,
  seen: string,
  { plan }: Examination,
): Judgement {
  const behind = plan.answers.network.exposure === 'nat' ? ' and forwarded by the router' : '';
  const protocol = transport === 'udp' ? 'udp' : 'tcp';
  return {
    outcome: 'wrong',
    seen,
    why: 'People whose firewall lets no other UDP out enter a room, but see and hear nobody.',
    fix: own
      ? `Check that ${port}/${protocol} is open in every firewall${behind} (firewall/ports.md); on the server: docker compose logs coturn.`
      : `Check that your TURN server runs and that ${port}/${protocol} is open, and the answers turn.host, turn.port and turn.tlsPort.`,
  };
}

/** Whoever comes from the internet has a public address there, unless somebody on the way has replaced it. */
export function judgeMapped(
  mapped: readonly string[],
  { plan, vantage }: Examination,
): readonly Finding[] {
  const about = { check: 'relay', subject: 'your address' } as const;
  const seen = `The relay sees you as ${listed(mapped)}.`;
  const { exposure } = plan.answers.network;
  if (vantage !== 'outside' || exposure === 'lan' || !mapped.some(isPrivate))
    return [{ ...about, outcome: 'ok', seen }];
  return [
    {
      ...about,
      outcome: 'wrong',
      seen,
      why: 'That is private, so something in front of the relay replaces visitors’ addresses (source NAT): all look alike, and each learns a wrong address for itself. A VPN between here and there does the same.',
      fix: 'Switch masquerading off for the router’s port forwards: firewall/ports.md.',
    },
  ];
}

export function refused(error: number, own: boolean): Judgement {
  if (error === 401) {
    return {
      outcome: 'wrong',
      seen: 'It refuses passwords that are made from the TURN_CREDENTIALS in this .env.',
      why: 'The relay has another secret or a wrong clock, or this .env is an old copy. If the secrets on the server differ, prosody hands out passwords that the relay refuses.',
      fix: own
        ? 'On the server: ./stack up gives coturn and prosody the secret of .env; then take that .env for this check.'
        : 'Compare static-auth-secret of the TURN server with TURN_CREDENTIALS in .env on the server, and both clocks.',
    };
  }
  const [seen, why] =
    error === 0
      ? [
          'It relays for people without any password.',
          'Strangers use it as a way into your network.',
        ]
      : error === silent
        ? ['It answers, but not to a request for a relay.', 'Nobody can be relayed.']
        : [`It answers a request for a relay with error ${error}.`, 'Nobody can be relayed.'];
  const fix = own
    ? 'On the server: docker compose logs coturn, and compare coturn/turnserver.conf with what was generated: npx create-jitsi-stack@latest --check.'
    : 'It has to run with use-auth-secret; see its log.';
  return { outcome: 'wrong', seen, why, fix };
}

export function leaky(open: readonly string[], own: boolean, { answers }: Plan): Judgement {
  const itself = open.every((address) => answers.network.publicAddresses.includes(address));
  return {
    outcome: 'wrong',
    seen: `It relays to ${listed(open)}.`,
    why: itself
      ? 'That is the server itself: every participant can reach its own UDP services past the firewall.'
      : 'Every participant can reach the server’s private network through it, and in a cloud the keys of its account.',
    fix: own
      ? 'Put the lines denied-peer-ip back into coturn/turnserver.conf (npx create-jitsi-stack@latest --check names edited files), then ./stack up.'
      : 'Let the TURN server deny private and link-local peers (denied-peer-ip).',
  };
}

export function cutOff(bridge: string, error: number, own: boolean): Judgement {
  return {
    outcome: 'wrong',
    seen: `It does not relay to the bridge at ${bridge} (${error === silent ? 'no answer' : `error ${error}`}).`,
    why: 'People behind strict firewalls enter a room, but see and hear nobody.',
    fix: own
      ? `allowed-peer-ip=${bridge} has to be in coturn/turnserver.conf; then ./stack up.`
      : `Allow the TURN server to reach ${bridge}: allowed-peer-ip.`,
  };
}

export function misplaced(relayed: string, outer: readonly string[]): Judgement {
  return {
    outcome: 'wrong',
    seen: `It hands out addresses of ${relayed}, not of ${listed(outer)}.`,
    why: 'Two people who talk directly through it cannot find each other.',
    fix: 'When the public address has changed: correct network.publicAddresses in jitsi-stack.json, run npx create-jitsi-stack@latest, then ./stack up on the server.',
  };
}
