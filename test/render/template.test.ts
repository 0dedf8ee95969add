// biome-ignore-all lint/suspicious/noTemplateCurlyInString: meant as they stand.
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { StackError } from '../../src/errors.ts';
import { formatOf } from '../../src/plan/format.ts';
import type { View } from '../../src/plan/plan.ts';
import { compileTemplate } from '../../src/render/compile.ts';
import { renderTemplate } from '../../src/render/template.ts';

const template = suite('templates');

/** @param view what the template sees as `view` */
function render(path: string, text: string, view: Record<string, unknown> = {}) {
  const format = formatOf(path, { '*.conf': 'nginx' }) ?? 'lines';
  const source = `x/files/${path}.ejs`;
  return renderTemplate({ path, format, source, read: () => compileTemplate(text) }, view as View);
}

function failure(path: string, text: string, view: Record<string, unknown> = {}): Error {
  try {
    render(path, text, view);
  } catch (error) {
    return error as Error;
  }
  throw new Error('it was rendered');
}

template('a value is quoted for the language of its file', () => {
  const view = { value: 'a b' };
  assert.is(render('x.sh', 'v=<%= view.value %>', view), "v='a b'");
  assert.is(render('nginx/a.conf', 'v <%= view.value %>;', view), 'v "a b";');
  assert.is(render('jitsi/web/a.js', 'v = <%= view.value %>;', view), 'v = "a b";');
  assert.is(render('README.md', '<%= view.value %>', { value: 'a*b' }), 'a\\*b');
});

template('numbers and switches are values too', () => {
  assert.is(
    render('x.sh', '<%= view.a %> <%= view.b %> <%= view.c %>', { a: 3, b: true, c: false }),
    '3 1 0',
  );
});

template('code and shell words can stand in Markdown', () => {
  assert.is(render('README.md', '<%= code(view.v) %>', { v: 'a_b' }), '`a_b`');
  assert.is(
    render('README.md', '<%= code(`cd ${shell(view.v).text}`) %>', { v: "o'b" }),
    "`cd 'o'\\''b'`",
  );
});

template('what is missing or no scalar is a defect that names the template', () => {
  const empty = { undefined, null: null, object: {}, list: [1], nan: Number.NaN };
  for (const [name, value] of Object.entries(empty)) {
    const error = failure('x.sh', 'v=<%= view.value %>', { value });
    assert.not.instance(error, StackError, name);
    assert.match(error.message, /x\/files\/x\.sh\.ejs/, name);
    assert.match(String(error.cause), /cannot print/, name);
  }
});

template('a name that nothing defines is a defect', () => {
  assert.match(String(failure('x.sh', '<%= unknown %>').cause), /unknown is not defined/);
});

template('a name that a view has not is a defect, also where it would pass for “no”', () => {
  const view = { lan: false, rows: [{ name: 'a' }], deep: { port: 1 } };
  for (const [text, name] of [
    ['<% if (view.wan) { %>x<% } %>', 'view has no “wan”'],
    ['<% for (const { port } of view.rows) { %>x<% } %>', 'view.rows[0] has no “port”'],
    ['<% if (view.deep.name) { %>x<% } %>', 'view.deep has no “name”'],
    ['<% for (const row of view.list) { %>x<% } %>', 'view has no “list”'],
  ] as const) {
    assert.ok(String(failure('x.sh', text, view).cause).includes(name), text);
  }
  const all =
    '<% if (view.lan) { %>x<% } %><% for (const { name } of view.rows) { %><%= name %><% } %>';
  assert.is(render('x.sh', all, view), 'a');
});

template('code and shell words are made of values that can be printed', () => {
  for (const text of ['<%= code(view.v) %>', '<%= shell(view.v) %>']) {
    assert.match(String(failure('README.md', text, { v: undefined }).cause), /cannot print undef/);
  }
});

template('a value that the language cannot say is refused with file, value and way out', () => {
  const error = failure('nginx/meet.conf', 'v <%= view.value %>;', { value: '$host' });
  assert.instance(error, StackError);
  assert.match(error.message, /nginx\/meet\.conf/);
  assert.match(error.message, /"\$host"/);
  assert.match(error.message, /Choose an answer/);
});

template('a long value is shown short', () => {
  const error = failure('nginx/meet.conf', '<%= view.value %>', {
    value: `$${'x'.repeat(10_000)}`,
  });
  assert.ok(error.message.length < 400, `${error.message.length}`);
});

template('control characters are said nowhere but where they have an escape', () => {
  for (const path of ['x.sh', 'nginx/a.conf', 'README.md', 'a.nft']) {
    assert.instance(failure(path, '<%= view.value %>', { value: 'a\nb' }), StackError, path);
  }
});

template.run();
