import type { Answers } from '../answers/answers.ts';
import { type Problem, StackError } from '../errors.ts';
import type { Contribution } from './blueprint.ts';
import type { Endpoint } from './plan.ts';

export interface EndpointClaims {
  readonly blueprint: string;
  readonly endpoints: NonNullable<Contribution['endpoints']>;
}

/**
 * The port table, those that the most people reach first.
 *
 * @throws StackError when two claim one port, also within a range
 */
export function planEndpoints(answers: Answers, claims: readonly EndpointClaims[]): Endpoint[] {
  const held: Held[] = [];
  const problems: Problem[] = [];
  for (const { blueprint, endpoints } of claims) {
    for (const declared of endpoints) {
      const forward = declared.forward ?? isForwarded(declared, answers);
      const endpoint = { ...declared, forward };
      const claim = { endpoint, blueprint };
      const holder = held.find((other) => overlap(other.endpoint, endpoint));
      if (holder)
        problems.push(holder.endpoint.answer ? taken(holder, claim) : taken(claim, holder));
      held.push(claim);
    }
  }
  if (problems.length > 0) throw new StackError(problems);
  return held.map(({ endpoint }) => endpoint).sort(byAudience);
}

/** Behind a router, everything that the internet may reach has to be forwarded, but for what a feature says is not needed. */
function isForwarded(endpoint: Omit<Endpoint, 'forward'>, answers: Answers): boolean {
  return answers.network.exposure === 'nat' && endpoint.from === 'internet';
}

/** Ports on the host are one space; inside the containers' network every service has its own. */
function overlap(a: Endpoint, b: Endpoint): boolean {
  const inside = a.from === 'containers';
  return (
    a.protocol === b.protocol &&
    inside === (b.from === 'containers') &&
    (!inside || a.service === b.service) &&
    a.port <= (b.lastPort ?? b.port) &&
    b.port <= (a.lastPort ?? a.port)
  );
}

interface Held {
  readonly endpoint: Endpoint;
  readonly blueprint: string;
}

/** Who answers can be told which answer to change; a port that no answer decides is a mistake between two features. */
function taken(second: Held, holder: Held): Problem {
  const { protocol, port, answer } = second.endpoint;
  if (answer !== undefined) {
    return {
      answer,
      what: `${protocol.toUpperCase()} port ${port} is taken: “${holder.endpoint.purpose}”.`,
      why: `It cannot be used for “${second.endpoint.purpose}” as well.`,
      fix: 'Choose another port there.',
    };
  }
  const say = ({ endpoint: { name, port, lastPort }, blueprint }: Held) =>
    `“${name}” (${protocol} ${port}${lastPort ? `-${lastPort}` : ''}, blueprint ${blueprint})`;
  return {
    what: `${say(holder)} and ${say(second)} want the same port.`,
    fix: 'Give one of them another port, or leave one of the two features out.',
  };
}

const audiences = ['internet', 'lan', 'machines', 'host', 'containers'] as const;

function byAudience(a: Endpoint, b: Endpoint): number {
  return audiences.indexOf(a.from) - audiences.indexOf(b.from) || a.port - b.port;
}
