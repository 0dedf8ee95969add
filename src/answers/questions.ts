import { defaultOf, type RawAnswers, sectionValues } from './complete.ts';
import type { Field, Known } from './field.ts';
import { fieldsOf, isPresent, type Section } from './sections.ts';
import { isInCluster } from './whose.ts';

export interface Question {
  readonly section: Section;
  readonly name: string;
  readonly field: Field;
}

/** Every question of a section for the answers so far, the choice first; one that is open counts as its default. */
export function questionsOf(section: Section, answers: RawAnswers): readonly Question[] {
  if (!isPresent(section, answers) || (section.server && isInCluster(answers))) return [];
  const key = section.choice?.key ?? '';
  const chosen = section.fields[key];
  const fields = chosen
    ? fieldsOf(section, sectionValues(answers, section)[key] ?? defaultOf(chosen, answers as Known))
    : section.fields;
  return Object.entries(fields).map(([name, field]) => ({
    section,
    name,
    field: narrowed(field, answers),
  }));
}

/** With the options alone that go with the answers so far. */
function narrowed(field: Field, answers: RawAnswers): Field {
  if (field.kind !== 'choice' || !field.offered) return field;
  const { options = [], offered } = field;
  const good = offered(answers as Known);
  return { ...field, options: options.filter(({ value }) => good.includes(value)) };
}

/** Every question that these answers leave open to change, advanced ones too. */
export function allQuestions(
  sections: readonly Section[],
  answers: RawAnswers,
): readonly Question[] {
  return sections
    .flatMap((section) => questionsOf(section, answers))
    .filter((question) => isOpen(question.field) && !isMeaningless(question, answers));
}

/** A choice of one is none. */
export function isOpen({ kind, options }: Field): boolean {
  if (kind === 'choice') return (options ?? []).length > 1;
  return kind !== 'choices' || (options ?? []).length > 0;
}

/** Whether the wizard leaves the question out unless somebody wants it, for the answers so far. */
export function isAdvanced({ advanced }: Field, answers: RawAnswers): boolean {
  return typeof advanced === 'function' ? advanced(answers as Known) : advanced === true;
}

export function answerTo({ section, name }: Question, answers: RawAnswers): unknown {
  return sectionValues(answers, section)[name];
}

/** The answer to one question, at its place. */
export function placed(
  { section, name }: Pick<Question, 'section' | 'name'>,
  value: unknown,
): RawAnswers {
  return section.id === '' ? { [name]: value } : { [section.id]: { [name]: value } };
}

/** Where the answer stands in the file: `network.publicAddresses`. */
export function placeOfQuestion({
  section: { id },
  name,
}: Pick<Question, 'section' | 'name'>): string {
  return id === '' ? name : `${id}.${name}`;
}

/** Addresses that the way of reaching the server has no use for. */
export function isMeaningless({ field }: Question, answers: RawAnswers): boolean {
  if (field.kind !== 'addresses') return false;
  const plain = defaultOf(field, answers as Known);
  return Array.isArray(plain) && plain.length === 0;
}
