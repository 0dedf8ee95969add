import type { Field, Known } from './field.ts';
import { fieldsOf, isPresent, type Section } from './sections.ts';
import { answersVersion } from './version.ts';

/** Answers as they come in: nested objects of unchecked values. */
export type RawAnswers = Readonly<Record<string, unknown>>;

/**
 * Puts one layer of answers over another: fields are replaced one by one, lists whole. A section whose choice changes
 * keeps only what the new choice can have too; what leaves a list takes its answers along.
 */
export function layerAnswers(
  sections: readonly Section[],
  under: RawAnswers,
  over: RawAnswers,
): RawAnswers {
  const merged: Record<string, unknown> = { ...under };
  for (const [key, value] of Object.entries(over)) {
    if (value === undefined) continue;
    const below = merged[key];
    if (!isRecord(below) || !isRecord(value)) {
      merged[key] = value;
      continue;
    }
    const section = sections.find(({ id }) => id === key);
    const chosen = section?.choice && value[section.choice.key];
    const fields =
      section && chosen !== undefined && chosen !== below[section.choice?.key ?? '']
        ? fieldsOf(section, chosen)
        : undefined;
    const kept = fields
      ? Object.fromEntries(
          Object.entries(below).filter(([name, old]) => {
            const field = fields[name];
            return field && isOffered(field, old, { ...merged, [key]: { ...below, ...value } });
          }),
        )
      : below;
    merged[key] = { ...kept, ...value };
  }
  for (const section of sections) {
    const { id, list } = section;
    const isDropped = list !== undefined && over[list] !== undefined && over[id] === undefined;
    if (isDropped && !isPresent(section, merged)) delete merged[id];
  }
  return merged;
}

/** Whether a choice goes with the other answers. */
export function isOffered({ offered }: Field, value: unknown, known: RawAnswers): boolean {
  return offered === undefined || offered(known as Known).some((one) => one === value);
}

/** A question that nothing has answered yet. */
export interface Unanswered {
  readonly section: Section;
  readonly name: string;
  readonly field: Field;
}

/** Fills in defaults; what is left has to be asked. Fields that a choice does not have are dropped with it. */
export function fillDefaults(
  sections: readonly Section[],
  raw: RawAnswers,
): { answers: RawAnswers; missing: readonly Unanswered[] } {
  const answers: Record<string, unknown> = { settings: {}, version: answersVersion, ...raw };
  const missing: Unanswered[] = [];
  for (const section of sections) {
    if (!isPresent(section, answers) || !isRecord(answers[section.id] ?? {})) continue;
    const values = { ...sectionValues(answers, section) };
    const fill = (fields: Section['fields']) => {
      for (const [name, field] of Object.entries(fields)) {
        const known = section.id === '' ? answers : { ...answers, [section.id]: values };
        values[name] ??= defaultOf(field, known as Known);
        if (values[name] === undefined) {
          delete values[name];
          if (!field.optional) missing.push({ section, name, field });
        }
      }
    };
    fill(section.fields);
    if (section.choice) fill(fieldsOf(section, values[section.choice.key]));
    if (section.id === '') Object.assign(answers, values);
    else answers[section.id] = values;
  }
  return { answers, missing };
}

/** The default of a field, given the answers so far. */
export function defaultOf(field: Field, known: Known): unknown {
  return typeof field.default === 'function' ? field.default(known) : field.default;
}

export function sectionValues(answers: RawAnswers, section: Section): Record<string, unknown> {
  if (section.id !== '') {
    const values = answers[section.id];
    return isRecord(values) ? { ...values } : {};
  }
  return Object.fromEntries(Object.keys(section.fields).map((name) => [name, answers[name]]));
}

/** A JSON object. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
