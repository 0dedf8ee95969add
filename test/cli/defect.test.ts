import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import { defectText } from '../../src/cli/report/defect.ts';

const defect = suite('a defect of this tool');
const root = join(import.meta.dirname, '../..');

defect('is reported by a link to a form that is filled in, without the name of a home', () => {
  const error = new Error('100 % & more?');
  error.stack = `Error: 100 % & more?\n    at ${homedir()}/x.js:1:2\n${'long '.repeat(2000)}`;
  const text = defectText(error);
  assert.match(text, '    at ~/x.js:1:2');
  const link = new URL(/^ {2}(https:\S+)$/m.exec(text)?.[1] ?? '');
  const { bugs, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  assert.is(`${link.origin}${link.pathname}`, `${bugs.url}/new`);
  assert.ok(link.href.length < 8000, `${link.href.length}`);
  const filled = Object.fromEntries(link.searchParams);
  assert.is(filled.title, 'Error: 100 % & more?');
  assert.is(filled.version, version);
  assert.match(filled.trace ?? '', /^Error: 100 % & more\?\n {4}at ~\/x\.js:1:2\nlong /);
});

defect('fills in fields that the form has', () => {
  const link = new URL(/https:\S+/.exec(defectText('no error at all'))?.[0] ?? '');
  const { template, title: _, ...fields } = Object.fromEntries(link.searchParams);
  const form = parse(readFileSync(join(root, '.github/ISSUE_TEMPLATE', template ?? ''), 'utf8'));
  const asked = form.body.map(({ id }: { id?: string }) => id);
  for (const name of Object.keys(fields)) assert.ok(asked.includes(name), name);
});

defect.run();
