import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const golden = join(root, 'test/golden');
const own = join(root, 'blueprints/operations');

/** Every service that golden stacks have, without operations' own. */
function services(): Set<string> {
  const stacks = readdirSync(golden).map((name) => join(golden, name, 'stack/compose.yaml'));
  const names = stacks
    .filter((file) => existsSync(file))
    .flatMap((file) => Object.keys(parse(readFileSync(file, 'utf8')).services));
  return new Set(names.filter((name) => !['prepare', 'remember'].includes(name)));
}

const knows = suite('operations');

knows('takes services from what they declare, and names none', () => {
  const names = services();
  assert.ok(['jvb', 'prosody', 'coturn', 'etherpad'].every((name) => names.has(name)));
  const files = readdirSync(own, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.(?:ejs|sh|lua|ts)$/.test(name),
  );
  assert.ok(files.length > 20, `${files.length} files`);
  const found = files.flatMap((name) =>
    readFileSync(join(own, name), 'utf8')
      .split('\n')
      .filter((line) => !/^\s*(?:#|--|\/?\*|\/\/)/.test(line))
      // What people read may say who it is about; a command may not.
      .filter((line) => !/^\s*(?:symptom|cause|fix|about): /.test(line))
      .flatMap((line) =>
        [...line.matchAll(/(?<![\w.$/-])[a-z][a-z0-9-]*(?![\w/:-])/g)]
          .filter(([word]) => word !== 'logs' && names.has(word))
          .map(() => `${name}: ${line.trim()}`),
      ),
  );
  assert.equal(found, []);
});

knows.run();
