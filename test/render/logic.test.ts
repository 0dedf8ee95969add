import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';

const logic = suite('templates hold no logic');

const folder = fileURLToPath(new URL('../../blueprints/', import.meta.url));

/** A value by its name: `view.ports`, `row.name`, `view.rows.length`. No call, no operator, no literal. */
const path = String.raw`[A-Za-z]\w*(?:\.[A-Za-z]\w*)*`;
const names = String.raw`(?:[A-Za-z]\w*|\{ [A-Za-z]\w*(?:, [A-Za-z]\w*)*,? \})`;

/** All that a template may say, by the mark that its tag begins with: loop, choose by a named value, print, include. */
const allowed: Readonly<Record<string, readonly RegExp[]>> = {
  '': [
    new RegExp(`^for \\(const ${names} of ${path}\\) \\{$`),
    new RegExp(`^(?:\\} else )?if \\(${path}\\) \\{$`),
    /^\} else \{$/,
    /^\}$/,
  ],
  '=': [new RegExp(`^(?:${path}|(?:code|prose|cell|shell|number)\\(${path}\\))$`)],
  '-': [/^include\('[\w./-]+'\)$/],
};

/** The tags of a template that say more than they may. */
function wrong(text: string): string[] {
  return [...text.matchAll(/<%(?!%)([_=#-]?)(.*?)[-_]?%>/gs)]
    .filter(([, mark = '', inside = '']) => {
      if (mark === '#') return false;
      const said = inside.trim();
      return !allowed[mark === '_' ? '' : mark]?.some((form) => form.test(said));
    })
    .map(([tag]) => tag);
}

logic('they loop, choose by a named value and print', () => {
  const templates = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ejs'),
  );
  assert.ok(templates.length > 40, `${templates.length}`);
  const found = templates.flatMap((name) =>
    wrong(readFileSync(join(folder, name), 'utf8')).map((tag) => `${name}: ${tag}`),
  );
  assert.equal(found, []);
});

// A bar ends a cell of a table, so it gets a backslash there; in any other code the backslash would be copied along.
logic('code is a cell’s in tables, and nowhere else', () => {
  const wrongly = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md.ejs'))
    .flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n'))
    .filter((line) => (line.startsWith('|') ? /<%= code\(/ : /<%= cell\(/).test(line));
  assert.equal(wrongly, []);
});

logic('a template may loop, choose, print and include', () => {
  const good = [
    '<% for (const name of view.names) { -%>',
    '<% for (const { port, name } of row.ports) { %>',
    '<%_ if (view.lan) { _%>',
    '<% if (view.rows.length) { -%>',
    '<% } else if (channel) { -%>',
    '<% } else { %><% } -%>',
    '<%= view.domain %><%= code(name) %><%= cell(name) %><%= shell(view.domain) %>',
    "<%- include('stack.d/say.sh.ejs') %>",
    '<%# a remark %>',
    'a literal <%% if it has to be',
  ];
  assert.equal(good.flatMap(wrong), []);
});

logic('a template may not call, compare or count', () => {
  const bad = [
    '<% const open = view.rows.filter(Boolean) -%>',
    '<% for (const row of view.rows.filter(({ port }) => port > 1)) { %>',
    '<% for (const row of [view.first, view.second]) { %>',
    '<% for (const { port = 443 } of view.rows) { %>',
    '<% for (let i = 0; i < 3; i++) { %>',
    '<% view.rows.forEach((row) => { %>',
    '<% if (!view.lan) { %>',
    '<% if (view.port === 443) { %>',
    '<% if (view.lan && view.nat) { %>',
    '<% if (view.names.includes(name)) { %>',
    '<% if (view.lan) { x = 1 } %>',
    '<% while (view.lan) { %>',
    '<%\nconst { domain } = plan.answers;\n-%>',
    "<%= lan ? 'a' : 'b' %>",
    '<%= view.port + 1 %>',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: meant as it stands.
    '<%= `${port}/${protocol}` %>',
    "<%= view.names.join(' ') %>",
    '<%= code(view.names[0]) %>',
    "<%= view.name ?? 'none' %>",
    '<%= "text" %>',
    '<%- view.domain %>',
    "<%- include('x.ejs', { port: 443 }) %>",
  ];
  for (const template of bad) assert.is(wrong(template).length, 1, template);
});

logic.run();
