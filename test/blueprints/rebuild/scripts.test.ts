import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { renderedOf } from '../../matrix/stack.ts';
import { github } from './answers.ts';

const test = suite<{ folder: string }>('the scripts of a rebuild');
const { files } = await renderedOf(github());

test.before.each((context) => {
  context.folder = mkdtempSync(join(tmpdir(), 'rebuild-'));
  for (const { path, text, executable } of files.filter((one) =>
    /^(rebuild\/|\.env)/.test(one.path),
  )) {
    const file = join(context.folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    if (executable) chmodSync(file, 0o755);
  }
  mkdirSync(join(context.folder, 'bin'));
});
test.after.each(({ folder }) => rmSync(folder, { recursive: true }));

/** A program that writes down how it was called and what it read. */
function stand(folder: string, name: string, script = '') {
  const text = `#!/bin/sh\n{ printf '%s\\n' "${name} $*"; cat; } >>'${folder}/calls'\n${script}`;
  writeFileSync(join(folder, 'bin', name), text, { mode: 0o755 });
}

function run(folder: string, script: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const { status, stderr } = spawnSync(join(folder, 'rebuild', script), args, {
    encoding: 'utf8',
    input: '',
    env: { ...process.env, PATH: `${folder}/bin:${process.env.PATH}`, ...env },
  });
  return { code: status, err: stderr };
}

test('its throw-away secrets are all that Compose asks for', ({ folder }) => {
  const made = spawnSync('sh', ['rebuild/throw-away.sh'], {
    cwd: folder,
    encoding: 'utf8',
    input: readFileSync(join(folder, '.env.example'), 'utf8'),
  }).stdout;
  const compose = files.find(({ path }) => path === 'compose.yaml')?.text ?? '';
  const asked = [...compose.matchAll(/\$\{([A-Z_]+):\?/g)].map(([, name]) => name);
  assert.ok(asked.length > 0);
  for (const name of new Set(asked)) assert.match(made, new RegExp(`^${name}=[0-9a-f]{32}$`, 'm'));
});

test('no scanner is no pass', ({ folder }) => {
  for (const name of ['dirname', 'mkdir', 'rm', 'basename'])
    writeFileSync(join(folder, 'bin', name), `#!/bin/sh\nexec /usr/bin/${name} "$@"\n`, {
      mode: 0o755,
    });
  const { code, err } = run(folder, 'scan.sh', [], { PATH: join(folder, 'bin') });
  assert.is(code, 1);
  assert.match(err, 'Neither trivy nor grype is here');
});

for (const [scanner, wanted] of [
  ['trivy', '--severity CRITICAL --exit-code 1'],
  ['grype', '--only-fixed --fail-on critical'],
] as const) {
  test(`${scanner} decides, and says what an image consists of`, ({ folder }) => {
    stand(folder, 'docker', 'echo sha256:1\n');
    stand(folder, scanner);
    // Where the machine that tests has the other one.
    const env = { PATH: `${folder}/bin:/usr/bin:/bin` };
    assert.is(run(folder, 'scan.sh', [], env).code, 0);
    const calls = readFileSync(join(folder, 'calls'), 'utf8');
    assert.match(calls, wanted);
    assert.match(calls, '.rebuild/sbom/nginx_1.30.json');
    assert.match(
      readFileSync(join(folder, '.rebuild/scanned'), 'utf8'),
      'meet/nginx:1.30 sha256:1',
    );
    stand(folder, scanner, 'exit 1\n');
    const { code, err } = run(folder, 'scan.sh', [], env);
    assert.is(code, 1);
    assert.match(err, 'Not used');
    assert.throws(() => readFileSync(join(folder, '.rebuild/scanned')));
  });
}

test.run();
