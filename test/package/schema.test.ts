import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import * as z from 'zod';
import { blueprints } from '../../blueprints/index.ts';
import { schemaUrl } from '../../src/answers/answers.ts';
import { sectionsOf } from '../../src/answers/sections.ts';
import { checkout } from './packed.ts';

const json = JSON.parse(readFileSync(join(checkout, 'dist/jitsi-stack.schema.json'), 'utf8'));
const schema = z.fromJSONSchema(json);

interface Property {
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly string[];
  readonly items?: { readonly enum?: readonly string[] };
  readonly oneOf?: readonly { readonly properties: Record<string, Property> }[];
  readonly const?: string;
}

/** Every place in the schema that holds an answer's field. */
function places(section: string, name: string): Property[] {
  if (section === '') return [json.properties[name]];
  const found = json.properties[section];
  const objects = found.oneOf ?? [found];
  return objects.flatMap(({ properties }: { properties: Record<string, Property> }) =>
    properties[name] ? [properties[name]] : [],
  );
}

test('the schema is where stacks look for it', () => {
  assert.is(json.$id, schemaUrl);
  assert.match(schemaUrl, /\/dist\/jitsi-stack\.schema\.json$/);
});

test('the schema has every answer, with what editors show and complete', () => {
  for (const { id, fields, choice } of sectionsOf(blueprints)) {
    const all = [fields, ...Object.values(choice?.fields ?? {})].flatMap(Object.entries);
    for (const [name, field] of all) {
      const found = places(id, name);
      assert.ok(found.length > 0, `${id}.${name}`);
      if (name === choice?.key) {
        const names = found.map((property) => property.const);
        assert.equal(
          names,
          field.options.map(({ value }: { value: string }) => value),
        );
        continue;
      }
      for (const property of found) {
        assert.ok(property.description, `${id}.${name} has no description`);
        if (field.kind === 'choice') assert.ok(property.enum?.length, name);
        if (field.kind === 'choices') assert.ok(property.items?.enum?.length, name);
        const value = typeof field.default === 'function' ? undefined : field.default;
        assert.equal(property.default, value, `${id}.${name}`);
      }
    }
  }
});

test('the schema accepts a file that leaves out what has a default', () => {
  for (const answers of [
    {},
    { $schema: schemaUrl, domain: 'meet.example.org' },
    { turn: { mode: 'none' }, settings: { ENABLE_LOBBY: false, MAX_PARTICIPANTS: 40 } },
  ]) {
    assert.ok(schema.safeParse(answers).success, JSON.stringify(answers));
  }
});

test('the schema refuses what is misspelt', () => {
  for (const answers of [
    { domian: 'meet.example.org' },
    { network: { exposure: 'moon' } },
    { network: { sshPort: 0 } },
    { firewall: ['pf'] },
    { turn: {} },
    { turn: { mode: 'none', domain: 'turn.example.org' } },
    { settings: { enableLobby: true } },
  ]) {
    assert.not.ok(schema.safeParse(answers).success, JSON.stringify(answers));
  }
});

test.run();
