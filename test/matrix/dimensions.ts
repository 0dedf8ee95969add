import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { blueprints } from '../../blueprints/index.ts';
import type { RawAnswers } from '../../src/answers/complete.ts';
import { answerTable } from '../../src/answers/table.ts';
import type { Offer } from '../../src/blueprint.ts';
import { refusal } from './plain.ts';

/** Answers to one question of the matrix, with a word for them. */
export interface Case {
  readonly name: string;
  readonly answers: RawAnswers;
  /** The features that it is a case of. */
  readonly blueprints: readonly string[];
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
  blueprints: [],
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
    return { name: `${exposure} ${ipv6 ? 'ipv6' : 'ipv4'}`, answers: { network }, blueprints: [] };
  }),
);

interface Entry {
  readonly id: string;
  readonly offer: Offer;
}

/** The cases of every feature that can be chosen, by the section that it is chosen in. */
const sections = new Map<string, Case[]>();
/** Entries of lists without cases of their own, by the list. */
const entries = new Map<string, Entry[]>();
for (const { id, offer } of blueprints) {
  if (!offer) continue;
  const { section } = offer;
  const file = new URL(`../../blueprints/${id}/cases.ts`, import.meta.url);
  const list = sections.get(section) ?? [];
  sections.set(section, list);
  if (existsSync(fileURLToPath(file))) {
    const cases: readonly RawAnswers[] = (await import(file.href)).cases;
    list.push(...cases.map((answers) => caseOf([id], answers)));
  } else if (rowOf(section).pick === 'one') list.push(caseOf([id], justChosen(offer)));
  else entries.set(section, [...(entries.get(section) ?? []), { id, offer }]);
}

// Of a list, there may be nothing at all.
for (const [section, cases] of sections) {
  if (rowOf(section).pick === 'one') continue;
  cases.unshift({ name: `no ${section}`, answers: {}, blueprints: [] });
  cases.push(...together(entries.get(section) ?? []));
}

/** The questions of the matrix: how the server is reached, then one for each section in which features are chosen. */
export const dimensions: readonly (readonly Case[])[] = [
  [...withFour, onlySix],
  ...sections.values(),
];

/** Which of them change each other's files, so that it may take three answers for something to go wrong. */
export const close: readonly number[] = [
  0,
  ...[...sections.keys()].flatMap((section, index) =>
    ['edge', 'certificates', 'turn'].includes(section) ? index + 1 : [],
  ),
];

/**
 * An entry of a list that has no cases of its own owns its files alone. Those are tried together, as far as none has a word
 * against that: a case for each would multiply the matrix.
 */
function together(entries: readonly Entry[]): Case[] {
  const packs: Case[] = [];
  for (const { id, offer } of entries) {
    const own = caseOf([id], justChosen(offer));
    const wider = packs.map((pack) => joined(offer.section, pack, own));
    const fits = wider.findIndex((one) => refusal(one) === undefined);
    packs[fits === -1 ? packs.length : fits] = wider[fits] ?? own;
  }
  return packs;
}

function joined(section: Offer['section'], one: Case, other: Case): Case {
  const values = [one, other].flatMap(({ answers }) => answers[section] as readonly string[]);
  return caseOf([...one.blueprints, ...other.blueprints], { [section]: values });
}

function caseOf(ids: readonly string[], answers: RawAnswers): Case {
  return { name: nameOf(answers), answers, blueprints: ids };
}

/** A choice that asks nothing besides. */
function justChosen({ section, value }: Offer): RawAnswers {
  const row = rowOf(section);
  if (row.pick === 'one') return { [section]: { [row.key]: value } };
  return { [section]: row.pick === 'some' ? [value] : value };
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
