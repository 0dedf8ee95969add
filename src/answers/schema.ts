import * as z from 'zod/mini';
import { schemaUrl } from './answers.ts';
import type { Field, Fields } from './field.ts';
import { fieldSchema } from './kinds.ts';
import { machineSchema } from './machines.ts';
import type { Section } from './sections.ts';
import { answersVersion } from './version.ts';

const name = /^[A-Z][A-Z0-9_]*$/;

/** Line breaks and tabs reach a container as they are; what else is invisible, some YAML reader on the way alters. */
const settingText = z.string().check(
  z.regex(
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused.
    /^[^\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\ufeff\ud800-\udfff]*$/u,
    'Control characters are not allowed, except for line breaks and tabs.',
  ),
);

/**
 * The one schema of `jitsi-stack.json`: what it accepts is valid, what it returns is normalised.
 *
 * @param raw answers that it is made for alone: where they choose a feature, the others' fields are left out, which says the
 *   same of these answers in a fraction of the time
 */
export function answersSchema(
  sections: readonly Section[],
  raw: Readonly<Record<string, unknown>> = {},
): z.ZodMiniType {
  const shape: Record<string, z.ZodMiniType> = {
    $schema: z.optional(z.string()),
    version: z.literal(answersVersion, `This tool reads version ${answersVersion} of the answers.`),
    release: described(
      z.string('A release is needed.'),
      'the docker-jitsi-meet release that the stack is pinned to',
    ),
  };
  for (const section of sections) {
    if (section.id === '') Object.assign(shape, objectShape(section.fields));
    else shape[section.id] = sectionSchema(section, raw[section.id]);
  }
  shape.settings = described(
    z.record(
      z.string().check(z.regex(name, 'Names of settings are in capitals, such as ENABLE_LOBBY.')),
      z.union([settingText, z.number(), z.boolean()], 'A text, a number, true or false is needed.'),
    ),
    'variables of the Jitsi images, by name',
  );
  return z.strictObject(shape);
}

/** What editors show of it. */
function described<T extends z.ZodMiniType>(schema: T, description: string): T {
  z.globalRegistry.add(schema, { description });
  return schema;
}

function sectionSchema(
  { id, choice, fields, list, title }: Section,
  given: unknown,
): z.ZodMiniType {
  if (list !== undefined) {
    return described(
      z.optional(z.strictObject(objectShape(fields))),
      `only with an entry in “${list}”: ${title}`,
    );
  }
  if (!choice) return z.strictObject(objectShape(fields));
  const chosen = (given as Readonly<Record<string, unknown>> | undefined)?.[choice.key];
  const offers = Object.entries(choice.fields);
  const only = offers.filter(([value]) => value === chosen);
  const variants = (only.length > 0 ? only : offers).map(([value, own]) => {
    const picked = z.literal(value);
    z.globalRegistry.add(picked, { title: labelOf(fields[choice.key], value) });
    return z.strictObject({ [choice.key]: picked, ...objectShape(own) });
  });
  const [first, ...rest] = variants;
  if (!first) throw new Error(`No feature can be chosen for ${id}.${choice.key}.`);
  const about = fields[choice.key]?.description ?? '';
  return described(z.discriminatedUnion(choice.key, [first, ...rest]), about);
}

function labelOf(field: Field | undefined, value: string): string {
  return field?.options?.find((option) => option.value === value)?.label ?? value;
}

function objectShape(fields: Fields): Record<string, z.ZodMiniType> {
  return Object.fromEntries(
    Object.entries(fields).map(([key, field]) => {
      const schema = field.optional ? z.optional(fieldSchema(field)) : fieldSchema(field);
      z.globalRegistry.add(schema, forEditors(field));
      return [key, schema];
    }),
  );
}

/** What the schema of a field's kind cannot say, and editors show or complete. */
function forEditors({ kind, description, options, default: value }: Field) {
  const choices = { type: 'string', enum: options?.map((option) => option.value) };
  return {
    description,
    ...(value !== undefined && typeof value !== 'function' && { default: value }),
    ...(kind === 'choice' && choices),
    ...(kind === 'choices' && { items: choices }),
    ...(kind === 'machines' && { type: 'array', items: machineSchema }),
  };
}

/**
 * The JSON Schema of `jitsi-stack.json`, for completion and checks in editors. What is left out of the file takes its
 * default or is asked for, so nothing is required but the choice that says what else its section holds.
 *
 * @param settings what editors offer below `settings`: a schema by name
 */
export function answersJsonSchema(
  sections: readonly Section[],
  settings: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  const schema = z.toJSONSchema(answersSchema(sections), {
    io: 'input',
    unrepresentable: 'any',
    override({ zodSchema, jsonSchema, path }) {
      // zod keeps defaults to itself where it also normalises.
      const value = z.globalRegistry.get(zodSchema)?.default;
      if (value !== undefined) Object.assign(jsonSchema, { default: value });
      const { required = [], properties = {} } = jsonSchema;
      const choices = required.filter((name) => Object.hasOwn(Object(properties[name]), 'const'));
      if (choices.length > 0 && path.length > 0) jsonSchema.required = choices;
      else delete jsonSchema.required;
    },
  });
  const { properties } = schema as { properties: Record<string, object> };
  properties.settings = { ...properties.settings, properties: settings };
  return {
    $id: schemaUrl,
    title: 'Answers of create-jitsi-stack',
    // Visual Studio Code goes by these two, which are its own.
    allowComments: true,
    allowTrailingCommas: true,
    ...schema,
  };
}
