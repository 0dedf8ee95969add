import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { run } from '../../src/cli/run.ts';
import { loadStages } from '../../src/cli/stages.ts';
import { sha256 } from '../../src/sha256.ts';
import { desk } from './stand-ins.ts';

const preview = suite('previews write nothing');
const root = realpathSync(mkdtempSync(join(tmpdir(), 'preview-')));
const made = join(root, 'made');
const names = ['JICOFO_AUTH_PASSWORD', 'JVB_AUTH_PASSWORD'];
let count = 0;

preview.before(async () => {
  writeFileSync(join(root, '.gitconfig'), '[user]\nname = Olga\nemail = olga@example.org\n');
  process.env.HOME = root;
  const answers = ['--domain', 'meet.example.org', '--certificates', 'self-signed'];
  assert.is((await call(root, 'made', ...answers, '--yes')).code, 0);
});
preview.after(() => rmSync(root, { recursive: true }));

async function call(directory: string, ...words: string[]) {
  const there = { ...desk(directory), stages: loadStages };
  const code = await run(words, there);
  return { code, printed: there.printed(), said: there.said() };
}

/**
 * Everything below a directory, git's own files too: type, mode, time of the last change, content. Of git's objects the
 * times are left out: git marks one that it meets again as still in use, wherever it was to be written.
 */
function everything(directory: string): Map<string, string> {
  const paths = ['.', ...(readdirSync(directory, { recursive: true }) as string[])];
  return new Map(
    paths.map((path) => {
      const file = join(directory, path);
      const { mode, mtimeNs, ctimeNs } = lstatSync(file, { bigint: true });
      const content = lstatSync(file).isFile() ? sha256(readFileSync(file)) : '';
      const times = /^\.git\/objects\/../.test(path) ? '' : `${mtimeNs} ${ctimeNs}`;
      return [path, `${mode.toString(8)} ${times} ${content}`];
    }),
  );
}

/** Paths that were made, removed or touched since. */
function touched(directory: string, before: Map<string, string>): string[] {
  const now = everything(directory);
  const paths = new Set([...before.keys(), ...now.keys()]);
  return [...paths].filter((path) => before.get(path) !== now.get(path));
}

const previews = [
  ['--check'],
  ['--check', '--json'],
  ['--dry-run', '--yes'],
  ['--dry-run', '--yes', '--json'],
  ['diff', '.'],
  ['diff', '.', '--json'],
];

type Called = Awaited<ReturnType<typeof call>>;
type Six = [Called, Called, Called, Called, Called, Called];

/** Runs every preview in a directory, with further words, and returns what each printed. */
async function lookAt(directory: string, ...more: string[]) {
  const before = everything(directory);
  const results: Called[] = [];
  for (const words of previews) {
    results.push(await call(directory, ...words, ...more));
    assert.equal(touched(directory, before), [], words.join(' '));
  }
  const [check, checkJson, dryRun, dryRunJson, diff, diffJson] = results as Six;
  const json = JSON.parse(checkJson.printed);
  for (const { printed } of [dryRunJson, diffJson]) {
    const { secrets, certificate, outcome } = JSON.parse(printed);
    assert.equal([secrets, certificate, outcome], [json.secrets, json.certificate, json.outcome]);
  }
  return { check, json, dryRun, diff };
}

function clone(): string {
  const directory = join(root, `clone-${++count}`);
  execFileSync('git', ['clone', '--quiet', made, directory]);
  return directory;
}

/** A clone with the secrets and the certificate of the server. */
function server(): string {
  const directory = clone();
  execFileSync('cp', ['-p', join(made, '.env'), directory]);
  execFileSync('cp', ['-pr', join(made, 'certs'), directory]);
  return directory;
}

preview('in a stack that is complete, and say nothing more than that', async () => {
  const { check, json, diff } = await lookAt(server());
  assert.is(check.code, 0);
  assert.match(check.printed, /^This folder is up to date\./);
  assert.not.match(check.printed, 'also');
  assert.equal(
    [json.outcome, json.secrets, json.certificate],
    ['unchanged', { added: [], taken: [] }, false],
  );
  assert.is(diff.printed, '');
});

preview('in a fresh clone, whose secrets and certificate a run would make', async () => {
  const { check, json, dryRun } = await lookAt(clone());
  // Nothing that is in git would change, so an owner's CI is content.
  assert.is(check.code, 0);
  for (const { printed } of [check, dryRun]) {
    assert.match(printed, 'is up to date');
    assert.match(printed, 'A run would also make, on this machine and outside git');
    for (const name of names) assert.match(printed, name);
    assert.match(printed, /certs\/ +a self-signed certificate/);
  }
  assert.is(json.outcome, 'preview');
  assert.is(json.certificate, true);
  for (const name of names) assert.ok(json.secrets.added.includes(name));
});

preview('a preview writes nothing where .env lacks a name', async () => {
  const directory = server();
  const env = readFileSync(join(directory, '.env'), 'utf8');
  writeFileSync(join(directory, '.env'), env.replace(/^JVB_AUTH_PASSWORD=.*\n/m, ''));
  const { check, json } = await lookAt(directory);
  assert.is(check.code, 0);
  assert.match(check.printed, /\.env +JVB_AUTH_PASSWORD\n/);
  assert.equal(json.secrets.added, ['JVB_AUTH_PASSWORD']);
});

preview('a preview writes nothing where others can read .env', async () => {
  const directory = server();
  chmodSync(join(directory, '.env'), 0o644);
  const { check, json } = await lookAt(directory);
  assert.is(check.code, 0);
  assert.match(check.printed, 'Others on this machine can read .env (0644); a run');
  assert.is(json.outcome, 'preview');
  assert.is((await call(directory, '--yes')).code, 0);
  assert.is(lstatSync(join(directory, '.env')).mode & 0o777, 0o600);
});

preview('where the data is there and its secrets are not', async () => {
  const directory = clone();
  execFileSync('mkdir', [join(directory, 'data')]);
  const { check } = await lookAt(directory);
  assert.match(check.printed, 'its secrets are not here');
  assert.not.match(check.printed, /\.env +J/);
});

preview('where half a certificate is refused, before a run writes anything', async () => {
  const directory = server();
  rmSync(join(directory, 'certs/privkey.pem'));
  const before = everything(directory);
  for (const words of [['--check'], ['--dry-run', '--yes'], ['--yes'], ['diff']]) {
    const { code, said } = await call(directory, ...words, '--set', 'settings.ENABLE_LOBBY=0');
    assert.is(code, 2);
    assert.match(said, 'There is fullchain.pem, but not privkey.pem');
    assert.equal(touched(directory, before), []);
  }
});

preview('of another answer: the merge leaves nothing in the repository', async () => {
  const directory = server();
  const config = join(directory, 'nginx/nginx.conf');
  writeFileSync(config, `${readFileSync(config, 'utf8')}# mine\n`);
  execFileSync('git', ['commit', '--quiet', '--all', '--message', 'mine'], { cwd: directory });
  execFileSync('git', ['config', 'rerere.enabled', 'true'], { cwd: directory });
  const { check, json, diff } = await lookAt(directory, '--set', 'settings.ENABLE_LOBBY=0');
  assert.is(check.code, 1);
  assert.match(check.printed, 'A run would change 2 files');
  assert.equal(json.changes, [
    { path: 'compose.yaml', change: 'changed' },
    { path: 'jitsi-stack.json', change: 'changed' },
  ]);
  assert.match(diff.printed, /^\+.*"ENABLE_LOBBY": 0/m);
});

preview('a preview of a run without git writes nothing', async () => {
  const directory = server();
  rmSync(join(directory, '.git'), { recursive: true });
  rmSync(join(directory, '.env'));
  assert.is((await lookAt(directory)).check.code, 0);
  const { check } = await lookAt(directory, '--set', 'settings.ENABLE_LOBBY=0');
  assert.is(check.code, 1);
});

preview('a run makes what the preview has named', async () => {
  const directory = clone();
  const { printed } = await call(directory, '--yes');
  assert.match(printed, 'Made on this machine, outside git');
  assert.match(readFileSync(join(directory, '.env'), 'utf8'), /^JVB_AUTH_PASSWORD=\w{32}$/m);
  assert.match(
    (await call(directory, '--check')).printed,
    /^This folder is up to date\.\n\n(?!A run)/,
  );
});

preview.run();
