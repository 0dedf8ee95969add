import type { Field, FieldOf, Fields, Known, Option } from './field.ts';
import { readList } from './list.ts';
import {
  type AnswerTable,
  answerTable,
  type OfferSection,
  type PickAtMostOneRow,
  type PickOneRow,
  type PickSomeRow,
} from './table.ts';

/** What the answers need to know of a feature that can be chosen. */
export interface Choosable {
  readonly offer?: Option & {
    readonly section: OfferSection;
    readonly order: number;
    /** Whether it can be the default for the answers so far. */
    readonly suits?: (known: Known) => boolean;
  };
  readonly fields?: Fields;
}

/** A part of the answers, in the order in which people are asked. */
export interface Section {
  /** Its key in `jitsi-stack.json`; empty for the top level. */
  readonly id: string;
  readonly title: string;
  readonly fields: Fields;
  /** The field that chooses a feature, and what each choice asks besides. */
  readonly choice?: { readonly key: string; readonly fields: Readonly<Record<string, Fields>> };
  /** It is about a server of one's own. */
  readonly server?: true;
  /** The list without whose entry (the section's own key) there is nothing to answer here. */
  readonly list?: string;
}

/**
 * All sections for these features: the single source of flags, questions, validation and JSON Schema.
 *
 * @param table what can be chosen at all
 * @throws Error when two of them would stand in one place; that is a defect of the features
 */
export function sectionsOf(
  features: readonly Choosable[],
  table: AnswerTable = answerTable,
): readonly Section[] {
  const sections = Object.entries(table)
    .sort(([, a], [, b]) => a.asked - b.asked)
    .flatMap(([id, row]): Section[] => {
      const server = row.server && { server: row.server };
      if (!('pick' in row))
        return [{ id: row.top ? '' : id, title: row.title, fields: row.fields, ...server }];
      const offered = offersOf(id, features);
      const own =
        row.pick === 'one'
          ? [choiceSection(id, row, offered)]
          : listSections(id, row, offered, row.pick === 'some' ? listField(row) : oneOrNone(row));
      return own.map((section) => ({ ...section, ...server }));
    });
  const places = sections.flatMap(({ id, fields }) => (id === '' ? Object.keys(fields) : [id]));
  const twice = places.find((place, index) => places.indexOf(place) !== index);
  if (twice !== undefined) throw new Error(`Two parts of the answers are called “${twice}”.`);
  return sections;
}

/** The flag of a field: `--domain`, `--turn` for the choice of a section, `--turn-domain` for the rest. */
export function flagOf(section: Section, name: string): string {
  const kebab = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  if (section.id === '') return `--${kebab}`;
  return section.choice?.key === name ? `--${section.id}` : `--${section.id}-${kebab}`;
}

/** The fields of a section once its choice is known; the choice itself is among them. */
export function fieldsOf(section: Section, chosen: unknown): Fields {
  const own = section.choice?.fields[String(chosen)] ?? {};
  return { ...section.fields, ...own };
}

/** Whether there is something to answer: the answers of a feature from a list come and go with its entry there. */
export function isPresent(
  { id, list }: Section,
  answers: Readonly<Record<string, unknown>>,
): boolean {
  if (list === undefined) return true;
  const entries = answers[list];
  // A flag's value may not be taken apart yet.
  const given = readList(entries);
  return Array.isArray(given) && given.includes(id);
}

type Offered = readonly { offer: NonNullable<Choosable['offer']>; fields: Fields }[];

function choiceSection(
  id: string,
  { key, title, question, about, advanced }: PickOneRow,
  offered: Offered,
): Section {
  const options = offered.map(({ offer }) => offer);
  const field: Field = {
    kind: 'choice',
    question,
    description: about,
    options,
    ...firstThatSuits(options),
    ...(advanced && { advanced }),
  };
  return {
    id,
    title,
    fields: { [key]: field },
    choice: {
      key,
      fields: Object.fromEntries(offered.map(({ offer, fields }) => [offer.value, fields])),
    },
  };
}

/** A plain default where it is the same for all. */
function firstThatSuits(
  options: readonly NonNullable<Choosable['offer']>[],
): Pick<FieldOf<'choice'>, 'default'> {
  const [first] = options;
  if (!first) return {};
  if (options.every(({ suits }) => suits === undefined)) return { default: first.value };
  return {
    default: (known) => (options.find(({ suits }) => suits?.(known) ?? true) ?? first).value,
  };
}

/** The field of a list, for what can stand in it. */
function listField({ question, about, detected, groups, advanced }: PickSomeRow) {
  return (options: readonly Option[]): Field => ({
    kind: 'choices',
    question,
    description: about,
    options,
    default: [],
    ...(groups && { groups }),
    ...(detected && { detected }),
    ...(advanced && { advanced }),
  });
}

/** The field of a choice that may be left out. */
function oneOrNone({ question, about, otherwise, advanced }: PickAtMostOneRow) {
  return (options: readonly Option[]): Field => ({
    kind: 'choice',
    question,
    description: about,
    options: [otherwise, ...options],
    optional: true,
    ...(advanced && { advanced }),
  });
}

/** The choice itself, and a section for each of its features that asks something. */
function listSections(
  id: string,
  { title }: Pick<PickSomeRow, 'title'>,
  offered: Offered,
  fieldOf: (options: readonly Option[]) => Field,
): Section[] {
  return [
    { id: '', title, fields: { [id]: fieldOf(offered.map(({ offer }) => offer)) } },
    ...offered
      .filter(({ fields }) => Object.keys(fields).length > 0)
      .map(({ offer: { value, label }, fields }) => ({
        id: value,
        title: label,
        fields,
        list: id,
      })),
  ];
}

function offersOf(section: string, features: readonly Choosable[]): Offered {
  return features
    .flatMap(({ offer, fields = {} }) => (offer?.section === section ? [{ offer, fields }] : []))
    .sort((a, b) => a.offer.order - b.offer.order);
}
