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

/** What a command line and its help know of a flag: plain data, which the package has ready before it loads any feature. */
export interface Flag {
  /** Without its dashes. */
  readonly name: string;
  /** Keys from the top of `jitsi-stack.json`. */
  readonly path: readonly string[];
  readonly kind: Field['kind'];
  /** What stands after it in the help text. */
  readonly argument: string;
  /** What it answers. */
  readonly about: string;
  /** The choices of its part that have this answer; empty when all have it. */
  readonly choices: readonly string[];
  /** The part of the answers that it belongs to: the word for it and its title. */
  readonly part: { readonly name: string; readonly title: string };
}

/** Every flag of an answer, in the order of the questions. */
export function flagsOf(sections: readonly Section[]): readonly Flag[] {
  return answerFlags(sections).map(({ name, path, field, section: { id, title }, choices }) => ({
    name,
    path,
    kind: field.kind,
    argument: argumentOf(field),
    about: field.description,
    choices,
    part: { name: id || (title.toLowerCase().split(' ')[0] ?? ''), title },
  }));
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
