import type { Field } from './field.ts';
import { flagOf, type Section } from './sections.ts';

/** A flag that gives one answer, and where that answer stands. */
export interface AnswerFlag {
  /** Without its dashes. */
  readonly name: string;
  /** Keys from the top of `jitsi-stack.json`. */
  readonly path: readonly string[];
  readonly field: Field;
  readonly section: Section;
  /** The choices of the section that have this answer; empty when all have it. */
  readonly choices: readonly string[];
}

/** One flag for every answer, in the order of the questions. Features that ask the same thing share the flag. */
export function answerFlags(sections: readonly Section[]): readonly AnswerFlag[] {
  const flags = new Map<string, AnswerFlag>();
  const add = (section: Section, name: string, field: Field, choice?: string) => {
    const flag = flagOf(section, name).slice(2);
    const choices = [...(flags.get(flag)?.choices ?? []), ...(choice ? [choice] : [])];
    const path = section.id === '' ? [name] : [section.id, name];
    flags.set(flag, { name: flag, path, field, section, choices });
  };
  for (const section of sections) {
    for (const [name, field] of Object.entries(section.fields)) {
      add(section, name, field, section.list && section.id);
    }
    for (const [choice, fields] of Object.entries(section.choice?.fields ?? {})) {
      for (const [name, field] of Object.entries(fields)) add(section, name, field, choice);
    }
  }
  return [...flags.values()];
}

/** What stands after a flag in the help text. */
export function argumentOf({ kind, options }: Field): string {
  switch (kind) {
    case 'choice':
      return (options ?? []).map(({ value }) => value).join('|');
    case 'choices':
      return 'NAME,…';
    case 'addresses':
      return 'ADDRESS,…';
    case 'machines':
      return 'MACHINE,…';
    case 'hostname':
      return 'NAME';
    case 'memory':
      return 'MEMORY';
    case 'integer':
      return 'NUMBER';
    case 'boolean':
      return '';
    case 'cidr':
    case 'cidr6':
      return 'NETWORK';
    default:
      return kind.toUpperCase();
  }
}

/** The flag of the answer at a place such as `network.sshPort`: `--network-ssh-port`. */
export function flagOfPlace(place: string): string {
  const words = place.replace('.', '-').replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return `--${words}`;
}
