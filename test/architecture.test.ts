import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { blueprints } from '../blueprints/index.ts';
import { floors, ground, rooms } from './architecture/floors.ts';
import { command } from './programs/command.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const architecture = suite('architecture');

/** The one folder that may use a package. */
const reserved: Readonly<Record<string, string>> = {
  '@clack/prompts': 'src/cli/wizard/',
  'simple-git': 'src/sync/',
  projen: 'src/project/',
  ejs: 'src/render/',
};

const sources = filesBelow('src')
  .concat(filesBelow('blueprints'))
  .filter((path) => path.endsWith('.ts'));
const allImports = await importsKnownToCompiler();
const runtimeImports = await importsAtRunTime();

architecture('every import goes the way of the table', () => {
  assert.ok(allImports.length > 100, 'the compiler named hardly any import');
  assert.ok(runtimeImports.size > 100, 'the bundler named hardly any import');
  const wrong = allImports.filter(([from, to]) => !isAllowed(from, to));
  assert.equal(wrong.map(([from, to]) => `${from} imports ${to}`).sort(), []);
});

architecture('the rooms of sync import downwards, as their list says', () => {
  const roomOf = (path: string) => rooms.findIndex(([room]) => covers(`src/sync/${room}`, path));
  const inside = allImports.filter((pair) => pair.every((path) => path.startsWith('src/sync/')));
  assert.ok(inside.length > 50, 'hardly any import in sync');
  assert.equal(
    inside.flat().filter((path) => roomOf(path) === -1),
    [],
  );
  const used = new Set(inside.map(([from, to]) => `${roomOf(from)} ${roomOf(to)}`));
  const wrong = inside.filter(([from, to]) => {
    const [own, other] = [roomOf(from), roomOf(to)];
    return own !== other && !(other < own && rooms[own]?.[1].includes(rooms[other]?.[0] ?? ''));
  });
  assert.equal(
    wrong.map(([from, to]) => `${from} imports ${to}`),
    [],
  );
  const idle = rooms.flatMap(([room, may], index) =>
    may
      .filter((other) => !used.has(`${index} ${rooms.findIndex(([name]) => name === other)}`))
      .map((other) => `${room} does not import ${other}`),
  );
  assert.equal(idle, []);
});

architecture('no import leads back to where it came from', () => {
  const next = new Map<string, string[]>();
  for (const [from, to] of allImports)
    if (/^(src|blueprints)\//.test(from)) next.set(from, [...(next.get(from) ?? []), to]);
  const done = new Set<string>();
  const circles: string[] = [];
  const walk = (path: string, way: readonly string[]) => {
    if (way.includes(path)) circles.push([...way.slice(way.indexOf(path)), path].join(' > '));
    if (way.includes(path) || done.has(path)) return;
    for (const one of next.get(path) ?? []) walk(one, [...way, path]);
    done.add(path);
  };
  for (const path of next.keys()) walk(path, []);
  assert.equal(circles, []);
});

architecture('every source file stands in the table, and every row is somebody’s', () => {
  const rows = [...floors.map(([files]) => files), ...ground];
  assert.equal(
    sources.filter((path) => !rows.some((files) => covers(files, path))),
    [],
  );
  assert.equal(
    rows.filter((files) => !sources.some((path) => covers(files, path))),
    [],
  );
});

architecture('no row of the table may import upwards, or what it does not', () => {
  const floorOf = (path: string) => floors.findIndex(([files]) => covers(files, path));
  const up = floors.flatMap(([files, may], floor) =>
    may
      .filter((entry) => floorOf(entry.replace('type:', '')) <= floor)
      .map((entry) => `${files} may import ${entry}`),
  );
  assert.equal(up, []);
  const idle = floors.flatMap(([files, may]) =>
    may
      .filter((entry) => {
        const path = entry.replace('type:', '');
        return !allImports.some(([from, to]) => covers(files, from) && covers(path, to));
      })
      .map((entry) => `${files} does not import ${entry}`),
  );
  assert.equal(idle, []);
});

architecture('docs/architecture.md has the same table', () => {
  const page = readFileSync(join(root, 'docs/architecture.md'), 'utf8');
  const inCode = (path: string) => `\`${path}\``;
  const said = [...page.matchAll(/^\| (`(?:src|blueprints)\/[^|]*) \| [^|]+ \| ([^|]*) \|$/gm)];
  assert.equal(
    said.map(([, files, may]) => `${files} | ${may}`),
    [
      ...floors.map(([files, may]) => {
        const list = may.map((entry) =>
          entry.startsWith('type:') ? `types of ${inCode(entry.slice(5))}` : inCode(entry),
        );
        return `${inCode(files)} | ${list.join(', ') || 'the ground'}`;
      }),
      `${ground.map(inCode).join(', ')} | one another`,
    ],
  );
});

architecture('packages with one user have one user', () => {
  const users = new Set<string>();
  const wrong = allImports.filter(([from, to]) => {
    const name = packageOf(to);
    if (name === undefined || !(name in reserved) || !/^(src|blueprints)\//.test(from))
      return false;
    users.add(name);
    return !from.startsWith(reserved[name] ?? '');
  });
  assert.equal(wrong, []);
  assert.equal([...users].sort(), Object.keys(reserved).sort());
});

architecture('a blueprint imports no other blueprint', () => {
  const wrong = allImports.filter(
    ([from, to]) =>
      /^blueprints\/[^/]+\//.test(from) &&
      to.startsWith('blueprints/') &&
      from.split('/')[1] !== to.split('/')[1],
  );
  assert.equal(wrong, []);
});

architecture('every blueprint has its declaration and a README with the fixed parts', () => {
  assert.ok(blueprints.length > 10);
  const lacking = blueprints.flatMap(({ id, offer }) => {
    const files = filesBelow(`blueprints/${id}`);
    if (!files.includes(`blueprints/${id}/README.md`)) return [`${id}: no README.md`];
    const text = readFileSync(join(root, `blueprints/${id}/README.md`), 'utf8');
    const parts = [
      ...(offer ? ['Chosen by'] : []),
      ...(files.some((path) => path.endsWith('.ejs')) ? ['Files'] : []),
      'Removing it',
    ];
    return parts
      .filter((part) => !text.includes(`\n- **${part}**`) && !text.includes(`\n## ${part}\n`))
      .map((part) => `${id}: README.md has no part “${part}”`);
  });
  assert.equal(lacking, []);
});

architecture(
  'every file of a stack comes from a template whose name no other program obeys',
  () => {
    const templates = filesBelow('blueprints').filter((path) => path.split('/')[2] === 'files');
    assert.ok(templates.length > 20);
    assert.equal(
      templates.filter((path) => !path.endsWith('.ejs')),
      [],
    );
  },
);

architecture('templates print nothing unquoted', () => {
  const unquoted = filesBelow('blueprints')
    .filter((path) => path.endsWith('.ejs'))
    .flatMap((path) =>
      [...readFileSync(join(root, path), 'utf8').matchAll(/<%-(?!\s*include\().*/g)].map(
        ([tag]) => `${path}: ${tag}`,
      ),
    );
  assert.equal(unquoted, []);
});

architecture('every suite runs, once, at its end', () => {
  const suites = filesBelow('test').filter((path) => path.endsWith('.test.ts'));
  const wrong = suites.filter((path) => {
    const text = readFileSync(join(root, path), 'utf8');
    const own = /^import \{ (?:.*, )?test\b.* \} from 'uvu';$/m.test(text) ? ['test'] : [];
    const made = own.concat(text.match(/^ *const \w+ = suite(?:<[^>]*>)?\(/gm) ?? []);
    const run = text.match(/^ *\w+\.run\(\);$/gm) ?? [];
    // In a loop over suites, the closing brace comes after it.
    return made.length === 0 || run.length !== made.length || !/\.run\(\);\n(\}\n)?$/.test(text);
  });
  assert.equal(wrong, []);
});

architecture('one place decides what this machine cannot test', () => {
  const others = filesBelow('test')
    .filter((path) => path.endsWith('.test.ts') && !path.startsWith('test/runner/'))
    .filter((path) => /\benv\.CI\b|SKIPPED|\.skip\(/.test(readFileSync(join(root, path), 'utf8')));
  assert.equal(others, ['test/architecture.test.ts'], 'that is needs() in test/programs/needs.ts');
});

architecture('an exported name means one thing in all of src', () => {
  const declaration =
    /^export (?:declare |abstract |async )*(?:const|let|function\*?|class|interface|type|enum) ([\w$]+)/gm;
  const places = new Map<string, string[]>();
  for (const path of sources.filter((one) => one.startsWith('src/')))
    for (const [, name = ''] of readFileSync(join(root, path), 'utf8').matchAll(declaration))
      places.set(name, [...new Set([...(places.get(name) ?? []), path])]);
  assert.ok(places.size > 300, 'hardly any name is exported');
  const twins = [...places].filter(([, paths]) => paths.length > 1);
  assert.equal(
    twins.map(([name, paths]) => `${name}: ${paths.join(', ')}`),
    [],
  );
});

architecture('no drawer for odds and ends', () => {
  const drawers = filesBelow('src').filter((path) =>
    /(^|\/)(utils?|helpers?|common|core|misc|shared|lib)(\/|\.ts$)/.test(path),
  );
  assert.equal(drawers, []);
});

architecture('files stay small', () => {
  const long = sources
    .filter((path) => !path.startsWith('src/releases/data'))
    .map((path) => [path, readFileSync(join(root, path), 'utf8').split('\n').length - 1] as const)
    .filter(([, lines]) => lines > 250);
  assert.equal(long, []);
});

function isAllowed(from: string, to: string): boolean {
  if (!/^(src|blueprints)\//.test(from) || !/^(src|blueprints)\//.test(to)) return true;
  if (ground.includes(from)) return ground.includes(to);
  const row = floors.find(([files]) => covers(files, from));
  if (!row) return false;
  if (ground.includes(to)) return true;
  if (home(from) === home(to)) return true;
  return row[1].some((entry) =>
    entry.startsWith('type:')
      ? covers(entry.slice(5), to) && !runtimeImports.has(`${from} ${to}`)
      : covers(entry, to),
  );
}

/** What counts as one place: a stage's folder, a blueprint's folder, or a file beside them. */
function home(path: string): string {
  return path.split('/').slice(0, 2).join('/');
}

function covers(entry: string, path: string): boolean {
  return entry.endsWith('/') ? path.startsWith(entry) : entry === path;
}

function packageOf(path: string): string | undefined {
  const [, name] = /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path) ?? [];
  return name?.startsWith('@types/') ? name.slice(7) : name;
}

/** Every import, those of types included, as the compiler resolves them; its errors are the compiler run's business. */
async function importsKnownToCompiler(): Promise<[from: string, to: string][]> {
  const { stdout } = await command('node_modules/.bin/tsc', ['--noEmit', '--explainFiles'], {
    cwd: root,
  });
  const imports: [string, string][] = [];
  let to = '';
  for (const line of stdout.split('\n')) {
    if (!line.startsWith(' ')) to = line.trim();
    const [, from] = /^ +Imported via .+? from file '([^']+)'/.exec(line) ?? [];
    if (from) imports.push([from, to]);
  }
  return imports;
}

/** Imports that are left when types are gone, as the bundler sees them. */
async function importsAtRunTime(): Promise<Set<string>> {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: sources,
    bundle: true,
    write: false,
    outdir: 'dist',
    metafile: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
  });
  return new Set(
    Object.entries(metafile.inputs).flatMap(([from, { imports }]) =>
      imports.map(({ path }) => `${from} ${path}`),
    ),
  );
}

function filesBelow(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((path) => posix.join(folder, path))
    .filter((path) => statSync(join(root, path)).isFile())
    .sort();
}

architecture.run();
