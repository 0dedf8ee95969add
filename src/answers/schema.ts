import * as z from 'zod';
import { schemaUrl } from './answers.ts';
import type { Fields } from './field.ts';
import { fieldSchema } from './kinds.ts';
import type { Section } from './sections.ts';

const name = /^[A-Z][A-Z0-9_]*$/;

/** The one schema of `jitsi-stack.json`: what it accepts is valid, what it returns is normalised. */
export function answersSchema(all: readonly Section[]): z.ZodType {
  const shape: Record<string, z.ZodType> = {
    $schema: z.string().optional(),
    version: z.literal(1, 'This tool reads version 1 of the answers.'),
    release: z
      .string('A release is needed.')
      .describe('the docker-jitsi-meet release that the stack is pinned to'),
  };
  for (const section of all) {
    if (section.id === '') Object.assign(shape, objectShape(section.fields));
    else shape[section.id] = sectionSchema(section);
  }
  shape.settings = z
    .record(
      z.string().regex(name, 'Names of settings are in capitals, such as ENABLE_LOBBY.'),
      z.union([z.string(), z.number(), z.boolean()], 'A text, a number, true or false is needed.'),
    )
    .describe('variables of the Jitsi images, by name');
  return z.strictObject(shape);
}

function sectionSchema({ choice, fields }: Section): z.ZodType {
  if (!choice) return z.strictObject(objectShape(fields));
  const variants = Object.entries(choice.fields).map(([value, own]) =>
    z.strictObject({ [choice.key]: z.literal(value), ...objectShape(own) }),
  );
  const [first, ...rest] = variants;
  if (!first) throw new Error(`No feature can be chosen for ${choice.key}.`);
  return z.discriminatedUnion(choice.key, [first, ...rest]);
}

function objectShape(fields: Fields): Record<string, z.ZodType> {
  return Object.fromEntries(
    Object.entries(fields).map(([key, field]) => {
      const schema = fieldSchema(field);
      return [key, (field.optional ? schema.optional() : schema).describe(field.description)];
    }),
  );
}

/** The JSON Schema of `jitsi-stack.json`, for completion and checks in editors. */
export function answersJsonSchema(all: readonly Section[]): Record<string, unknown> {
  const schema = z.toJSONSchema(answersSchema(all), { io: 'input', unrepresentable: 'any' });
  return { $id: schemaUrl, title: 'Answers of create-jitsi-stack', ...schema };
}
