import { type ChoiceSection, choiceKeys } from './answers.ts';
import { coreFields, hostFields, networkFields } from './basics.ts';
import type { Field, FieldOf, Fields, Known, Option } from './field.ts';

/** What the answers need to know of a feature that can be chosen. */
export interface Choosable {
  readonly offer?: Option & {
    readonly section: ChoiceSection | 'firewall';
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
}

const choices: Readonly<
  Record<ChoiceSection, { title: string; question: string; about: string; advanced?: true }>
> = {
  edge: {
    title: 'Edge',
    question: 'What should listen on ports 80 and 443?',
    about: 'what listens on ports 80 and 443',
    // NGINX suits most, and the shortest path has few questions; the wizard asks where something else may be better.
    advanced: true,
  },
  certificates: {
    title: 'Certificates',
    question: 'Where does the certificate come from?',
    about: 'where the certificate comes from',
  },
  turn: {
    title: 'TURN',
    question: 'Who relays for people behind strict firewalls?',
    about: 'who relays media for people behind strict firewalls',
    // One relay suits nearly everybody. Whether it shares port 443 is asked instead: that is what people know.
    advanced: true,
  },
  auth: {
    title: 'Authentication',
    question: 'Who may start a meeting?',
    about: 'who may start a meeting',
  },
  rebuild: {
    title: 'Images',
    question: 'Should CI rebuild the images every day with security updates?',
    about: 'who rebuilds the images every day',
    // Only those who keep the stack at a forge that runs CI can have it.
    advanced: true,
  },
};

/** All sections for these features: the single source of flags, questions, validation and JSON Schema. */
export function sections(features: readonly Choosable[]): readonly Section[] {
  return [
    { id: '', title: 'Meeting site', fields: coreFields },
    { id: 'network', title: 'Network', fields: networkFields },
    choiceSection('edge', features),
    choiceSection('turn', features),
    choiceSection('certificates', features),
    choiceSection('auth', features),
    choiceSection('rebuild', features),
    { id: '', title: 'Firewall', fields: { firewall: firewallField(features) } },
    { id: 'host', title: 'Server', fields: hostFields },
  ];
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

function choiceSection(id: ChoiceSection, features: readonly Choosable[]): Section {
  const { title, question, about, advanced } = choices[id];
  const offered = offersOf(id, features);
  const options = offered.map(({ offer }) => offer);
  const key = choiceKeys[id];
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
      fields: Object.fromEntries(offered.map(({ offer, fields }) => [offer.value, fields ?? {}])),
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

function firewallField(features: readonly Choosable[]): Field {
  const options = offersOf('firewall', features).map(({ offer }) => offer);
  return {
    kind: 'choices',
    question: 'Which firewalls stand in front of the stack?',
    description: 'firewalls to write rules for, separated by commas; empty for none',
    options,
    default: [],
  };
}

function offersOf(section: string, features: readonly Choosable[]) {
  return features
    .flatMap(({ offer, fields }) => (offer?.section === section ? [{ offer, fields }] : []))
    .sort((a, b) => a.offer.order - b.offer.order);
}
