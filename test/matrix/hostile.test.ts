import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Field } from '../../src/answers/field.ts';
import { fieldsOf } from '../../src/answers/sections.ts';
import { StackError } from '../../src/errors.ts';
import { kindOf, loadRelease } from '../../src/releases/index.ts';
import { composeView } from '../programs/compose.ts';
import { needs } from '../programs/needs.ts';
import { nginxTest } from '../programs/nginx.ts';
import { shellCheck } from '../programs/shell.ts';
import { dimensions } from './dimensions.ts';
import { onDisk } from './directory.ts';
import { hostileStrings } from './hostile-strings.ts';
import { type RenderedStack, renderedOf, sections } from './stack.ts';

const hostile = suite('hostile strings arrive intact or are refused');

interface Place {
  readonly name: string;
  readonly path: readonly string[];
  readonly kind: Field['kind'];
  /** The choice that the field belongs to. */
  readonly choice?: readonly [section: string, key: string, value: string];
}

const base = {
  domain: 'meet.example.org',
  network: {
    exposure: 'nat',
    publicAddresses: ['203.0.113.7', '2001:db8::7'],
    lanAddresses: ['192.168.10.20'],
    ipv6: true,
  },
  certificates: { source: 'acme', email: 'ops@example.org' },
  turn: { mode: 'coturn' },
  auth: { mode: 'internal' },
  firewall: ['nftables', 'ufw'],
};
/** Answers with which a feature can be chosen: its own first case. */
function chosenAs(section: string, key: string, value: string): object {
  const cases = dimensions.flat().map(({ answers }) => answers[section]);
  const found = cases.find((one) => (one as Record<string, unknown> | undefined)?.[key] === value);
  return { [key]: value, ...(found as object | undefined) };
}

/** Every answer that is typed as text, those of features that have to be chosen among them. */
const places: readonly Place[] = sections.flatMap((section) => {
  const { id, choice } = section;
  const pathOf = (name: string) => (id === '' ? [name] : [id, name]);
  const common = Object.entries(section.fields).map(([name, { kind }]) => ({
    name: pathOf(name).join('.'),
    path: pathOf(name),
    kind,
  }));
  const own = Object.keys(choice?.fields ?? {}).flatMap((value) =>
    Object.entries(fieldsOf(section, value))
      .filter(([name]) => !(name in section.fields))
      .map(([name, { kind }]) => ({
        name: `${pathOf(name).join('.')} of ${value}`,
        path: pathOf(name),
        kind,
        choice: [id, choice?.key ?? '', value] as const,
      })),
  );
  return [...common, ...own].filter(({ kind }) => kind !== 'boolean' && kind !== 'integer');
});

const release = await loadRelease('stable-11146-2');
const setting: Place = { name: 'a setting', path: ['settings', 'DEFAULT_LANGUAGE'], kind: 'text' };
const tag: Place = { name: 'release', path: ['release'], kind: 'text' };

hostile('there are answers of every kind', () => {
  const kinds = new Set(places.map(({ kind }) => kind));
  for (const kind of ['hostname', 'email', 'url', 'addresses', 'cidr', 'cidr6'] as const) {
    assert.ok(kinds.has(kind), kind);
  }
  assert.is(kindOf(release, 'DEFAULT_LANGUAGE'), 'text');
});

/** The string alone, and as a part of what would be right: refusing a `$` alone proves little for `ops$@example.org`. */
function disguises(kind: Field['kind'], text: string): unknown[] {
  const forms: Partial<Record<Field['kind'], unknown[]>> = {
    hostname: [`${text}.example.org`, `a${text}b.example.org`],
    email: [`${text}@example.org`, `a${text}b@example.org`, `ops@${text}.example.org`],
    url: [`https://acme.example/${text}`, `https://${text}@acme.example/`],
    addresses: [[text], ['203.0.113.7', `203.0.113.8${text}`]],
    cidr: [`172.28.0.0/24${text}`],
    cidr6: [`fd28:6a69:7473::/64${text}`],
    choices: [[text]],
  };
  return [text, ...(forms[kind] ?? [])];
}

function answersWith({ path, choice }: Place, value: unknown): Record<string, unknown> {
  const raw = structuredClone<Record<string, unknown>>(base) as Record<
    string,
    Record<string, unknown>
  >;
  if (choice) {
    const [section, key, chosen] = choice;
    raw[section] = { ...chosenAs(section, key, chosen) };
  }
  const [first = '', second] = path;
  if (second === undefined) return { ...raw, [first]: value };
  return { ...raw, [first]: { ...raw[first], [second]: value } };
}

/** A stack with this answer, or nothing when it was refused with a sentence; anything else is a defect. */
async function accepted(place: Place, value: unknown): Promise<RenderedStack | undefined> {
  try {
    return await renderedOf(answersWith(place, value));
  } catch (error) {
    const shown = `${place.name} = ${JSON.stringify(value).slice(0, 60)}`;
    if (!(error instanceof StackError)) throw new Error(`${shown}: ${error}`, { cause: error });
    for (const { what } of error.problems) assert.match(what, /^\S.*[.?!]$/s, shown);
    return undefined;
  }
}

/** The answer that the plan holds. */
function at(answers: unknown, path: readonly string[]): unknown {
  return path.reduce((inner, key) => (inner as Record<string, unknown>)[key], answers);
}

const judged = new Set<string>();

/** What every program reads of the stack: exactly what the plan says, and all of it in order. */
async function assertIntact(stack: RenderedStack, shown: string) {
  const answers = stack.files.find(({ path }) => path === 'jitsi-stack.json')?.text ?? '';
  const { $schema: _, ...kept } = JSON.parse(answers);
  assert.equal(kept, JSON.parse(JSON.stringify(stack.plan.answers)), shown);
  // Files that are as they were with another answer have been judged.
  const fresh = stack.files.filter(
    ({ path, text }) => !path.endsWith('.json') && !judged.has(`${path}\0${text}`),
  );
  const isFresh = (pattern: RegExp) => fresh.some(({ path }) => pattern.test(path));
  const { directory, remove } = await onDisk(stack);
  try {
    if (isFresh(/^compose/)) await assertEnvironment(directory, stack, shown);
    if (isFresh(/^nginx\//)) {
      const nginx = await nginxTest(directory);
      assert.ok(nginx.ok, `${shown}: ${nginx.output}`);
    }
    for (const { path } of fresh.filter(({ path }) => path.endsWith('.sh') || path === 'stack')) {
      const parsed = await shellCheck(directory, path, { parseOnly: true });
      assert.ok(parsed.ok, `${shown}: ${path}: ${parsed.output}`);
    }
  } finally {
    remove();
  }
  for (const { path, text } of fresh) judged.add(`${path}\0${text}`);
}

async function assertEnvironment(directory: string, { plan }: RenderedStack, shown: string) {
  const view = await composeView(directory);
  for (const { name, environment } of plan.services) {
    for (const [variable, value] of Object.entries(environment)) {
      if (typeof value === 'object') continue;
      const read = view.services[name]?.environment?.[variable];
      const planned = typeof value === 'boolean' ? String(Number(value)) : String(value);
      assert.is(read, planned, `${shown}: ${name} ${variable}`);
    }
  }
}

const test = await needs(hostile, 'docker-compose', 'nginx', 'sh');
let arrived = 0;
for (const place of [tag, ...places, setting]) {
  test(place.name, async () => {
    for (const text of hostileStrings) {
      for (const value of disguises(place.kind, text)) {
        const stack = await accepted(place, value);
        if (!stack) continue;
        arrived++;
        const shown = `${place.name} = ${JSON.stringify(value).slice(0, 80)}`;
        if (place.kind === 'text' && typeof value === 'string') {
          assert.is(at(stack.plan.answers, place.path), value, `${shown} was altered`);
        }
        await assertIntact(stack, shown);
      }
    }
  });
}

test('some of them are said, not only refused', () => assert.ok(arrived > 50, `${arrived}`));

hostile.run();
