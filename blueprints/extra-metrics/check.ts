import { isIPv4, type Problem } from '../../src/blueprint.ts';

interface Own {
  readonly address: string;
  readonly from: readonly string[];
}

/** What nobody else’s machine can ask at, or come from. */
const nowhere = /^(?:0\.0\.0\.0$|127\.)/;

/** Why these addresses let nobody read the numbers, or too many, in sentences. */
export function addressProblems({ address, from }: Own): readonly Problem[] {
  return [
    ...wrong('metrics.address', address),
    ...(from.length === 0
      ? [
          {
            answer: 'metrics.from',
            what: 'Nobody has said who may read the numbers.',
            why: 'They tell how many people meet and when, so they are for named addresses only.',
            fix: 'Name the address of your Prometheus, such as --metrics-from 10.8.0.9.',
          },
        ]
      : from.flatMap((one) => wrong('metrics.from', one))),
  ];
}

function wrong(answer: string, address: string): readonly Problem[] {
  if (!isIPv4(address))
    return [
      {
        answer,
        what: `${address} is not an IPv4 address.`,
        why: 'Docker hides IPv6 addresses of those who come, so nobody could be told from anybody.',
        fix: 'Name an IPv4 address. Most VPNs have them inside.',
      },
    ];
  if (!nowhere.test(address)) return [];
  return [
    {
      answer,
      what: `${address} is no address that a Prometheus elsewhere has or reaches.`,
      fix:
        answer === 'metrics.from'
          ? 'Name the address from which it asks.'
          : 'Name one address of this server that it reaches; for graphs on this server itself, choose monitoring instead.',
    },
  ];
}
