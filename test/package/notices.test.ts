import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { checkout, readJson } from './packed.ts';

const notices = readFileSync(join(checkout, 'dist/THIRD-PARTY-NOTICES.txt'), 'utf8');
const [list = '', ...sections] = notices.split(/^-{80}$/m);
const titles = [...list.matchAll(/^ {2}(\S+) (\S+) \((.+)\)$/gm)];

test('the notices name what the stack is made with', () => {
  const names = titles.map(([, name]) => name);
  const used = [
    '@clack/prompts',
    '@peculiar/x509',
    'ipaddr.js',
    'projen',
    'simple-git',
    'yaml',
    'zod',
  ];
  assert.equal(
    used.filter((name) => !names.includes(name)),
    [],
  );
});

test('the notices have the version of the lock file for what is installed at the top', () => {
  for (const [, name = '', version] of titles) {
    const manifest = join(checkout, 'node_modules', name, 'package.json');
    // Packages inside packages may come in other versions.
    if (!existsSync(manifest) || titles.filter(([, other]) => other === name).length > 1) continue;
    if (existsSync(join(checkout, 'node_modules/projen/node_modules', name))) continue;
    assert.is(version, readJson(manifest).version, name);
  }
});

test('every package with a text, every text with a package', () => {
  assert.is(sections.length, titles.length);
  for (const [index, [, name, version]] of titles.entries()) {
    const [, title, , ...text] = sections[index]?.split('\n') ?? [];
    assert.is(title, `${name} ${version}`);
    assert.ok(text.join('\n').trim().length > 50, `${title}: ${text}`);
  }
});

test('licences that may be handed on in this way', () => {
  const fine =
    /^\(?(MIT|ISC|BSD-[23]-Clause|0BSD|Apache-2\.0|BlueOak-1\.0\.0|Unlicense|CC0-1\.0|Python-2\.0)\b/;
  for (const [, name, , license = ''] of titles) assert.match(license, fine, name);
});

test.run();
