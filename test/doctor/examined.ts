import type { RawAnswers } from '../../src/answers/complete.ts';
import { examine, type Means } from '../../src/doctor/examine.ts';
import type { CheckName, Finding } from '../../src/doctor/finding.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { planOf } from '../matrix/stack.ts';

export const domain = 'meet.example.org';
export const relayName = 'turn.example.org';

/** Ports on which this test's own programs stand for those of a server. */
export interface Ports {
  readonly https?: number;
  readonly http?: number;
  readonly turn?: number;
  readonly turns?: number;
  /** Of containers only. */
  readonly inner?: number;
}

const answers: RawAnswers = {
  domain,
  network: { exposure: 'public', publicAddresses: ['203.0.113.7'] },
  certificates: { source: 'own' },
};

/** The plan of a stack as its owner gets it; only its addresses and ports are moved to where a test can listen. */
export async function planAt(ports: Ports = {}, changes: RawAnswers = {}): Promise<Plan> {
  const relayed = ports.turn !== undefined || ports.turns !== undefined;
  const turn = relayed ? { mode: 'coturn', domain: relayName } : { mode: 'none' };
  const plan = await planOf({ ...answers, turn, ...changes });
  const moved = (name: string, port: number) =>
    ({
      https: ports.https,
      http: ports.http,
      'turn-udp': ports.turn,
      'turn-tcp': ports.turn,
      'turn-tls': ports.turns,
      'xmpp-http': ports.inner,
    })[name] ?? port;
  const network = { ...plan.answers.network, publicAddresses: ['127.0.0.1'] };
  return {
    ...plan,
    url: ports.https === undefined ? plan.url : `https://${domain}:${ports.https}`,
    answers: { ...plan.answers, network },
    endpoints: plan.endpoints
      .map((row) => ({ ...row, port: moved(row.name, row.port) }))
      .filter(({ name, port }) => port > 1024 || name === 'ssh'),
    services: plan.services.map((service) =>
      service.name === 'prosody' && service.environment.TURN_HOST !== undefined
        ? {
            ...service,
            environment: {
              ...service.environment,
              TURN_PORT: ports.turn ?? 3478,
              TURNS_PORT: ports.turns ?? 5349,
            },
          }
        : service,
    ),
  };
}

/** What the doctor finds, from a machine that has nothing to do with the server. */
export async function findingsOf(
  plan: Plan,
  means: Partial<Means> = {},
): Promise<readonly Finding[]> {
  const { findings } = await examine(plan, {
    lookUp: async () => ({ outcome: 'found', addresses: ['127.0.0.1'] }),
    proxyOf: () => undefined,
    interfaces: {},
    authorities: [],
    ...means,
  });
  return findings;
}

/** The findings of one check whose subject contains these words. */
export function about(
  findings: readonly Finding[],
  check: CheckName,
  words = '',
): readonly Finding[] {
  return findings.filter((one) => one.check === check && one.subject.includes(words));
}

/** The only such finding, with all that it says in one text. */
export function only(
  findings: readonly Finding[],
  check: CheckName,
  words = '',
): Pick<Finding, 'outcome'> & { readonly text: string } {
  const [one, other] = about(findings, check, words);
  if (!one || other)
    throw new Error(`not exactly one ${check} ${words}: ${JSON.stringify(findings, null, 1)}`);
  return { outcome: one.outcome, text: [one.seen, one.why, one.fix].filter(Boolean).join(' ') };
}
