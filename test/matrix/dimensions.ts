import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { blueprints } from '../../blueprints/index.ts';
import type { RawAnswers } from '../../src/answers/complete.ts';
import { answerTable } from '../../src/answers/table.ts';
import type { Offer } from '../../src/blueprint.ts';

/** Answers to one question of the matrix, with a word for them. */
export interface Case {
  readonly name: string;
  readonly answers: RawAnswers;
  /** The feature that it is a case of. */
  readonly blueprint?: string;
}

const addresses = {
  public: {
    four: { publicAddresses: ['198.51.100.7'] },
    six: { publicAddresses: ['2001:db8::7'] },
  },
  nat: {
    four: { publicAddresses: ['198.51.100.7'], lanAddresses: ['192.168.10.20'] },
    six: { publicAddresses: ['2001:db8::7'] },
  },
  lan: { four: { lanAddresses: ['192.168.10.20'] }, six: { lanAddresses: ['fd00:10::20'] } },
};

/** A server with IPv6 alone. */
const onlySix: Case = {
  name: 'public, only ipv6',
  answers: {
    network: { exposure: 'public', ipv6: true, publicAddresses: ['2001:db8::7'], lanAddresses: [] },
  },
};

/** How the server is reached, with IPv4 and with both. */
const withFour: readonly Case[] = Object.entries(addresses).flatMap(([exposure, { four, six }]) =>
  [false, true].map((ipv6) => {
    const list = (key: 'publicAddresses' | 'lanAddresses') => [
      ...((four as Partial<Record<string, string[]>>)[key] ?? []),
      ...((ipv6 ? (six as Partial<Record<string, string[]>>)[key] : []) ?? []),
    ];
    const network = {
      exposure,
      ipv6,
      publicAddresses: list('publicAddresses'),
      lanAddresses: list('lanAddresses'),
    };
    return { name: `${exposure} ${ipv6 ? 'ipv6' : 'ipv4'}`, answers: { network } };
  }),
);

/** The cases of every feature that can be chosen, by the section that it is chosen in. */
const sections = new Map<string, Case[]>();
for (const { id, offer } of blueprints) {
  if (!offer) continue;
  const file = new URL(`../../blueprints/${id}/cases.ts`, import.meta.url);
  const cases: readonly RawAnswers[] = existsSync(fileURLToPath(file))
    ? (await import(file.href)).cases
    : [justChosen(offer)];
  const own = cases.map((answers) => ({ name: nameOf(answers), answers, blueprint: id }));
  sections.set(offer.section, [...(sections.get(offer.section) ?? []), ...own]);
}

// Of a list, there may be nothing at all.
for (const [section, cases] of sections) {
  if (rowOf(section).pick === 'some') cases.unshift({ name: `no ${section}`, answers: {} });
}

/** The questions of the matrix: how the server is reached, then one for each section in which features are chosen. */
export const dimensions: readonly (readonly Case[])[] = [
  [...withFour, onlySix],
  ...sections.values(),
];

/** A choice that asks nothing besides. */
function justChosen({ section, value }: Offer): RawAnswers {
  const row = rowOf(section);
  return { [section]: row.pick === 'one' ? { [row.key]: value } : [value] };
}

function rowOf(section: string) {
  return answerTable[section as Offer['section']];
}

function nameOf(answers: RawAnswers): string {
  return Object.values(answers)
    .flatMap((section) => Object.entries(section as object))
    .map(([key, value]) => (typeof value === 'boolean' ? `${key}: ${value}` : value))
    .join(' ');
}
