import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import * as languages from '../../src/render/quote/languages.ts';
import { type Quote, Unquotable } from '../../src/render/quote/scalar.ts';
import { hostileStrings } from '../matrix/hostile-strings.ts';
import { must } from '../programs/command.ts';
import { needs } from '../programs/needs.ts';
import { inSandbox } from '../programs/sandbox.ts';

const quotes = suite('quoting, read back by the real parsers');

/** The strings that a language can say, and how it says them; all others are refused. */
function sayable(quote: Quote): { value: string; quoted: string }[] {
  return ['plain', '', ...hostileStrings].flatMap((value) => {
    try {
      return [{ value, quoted: quote(value) }];
    } catch (error) {
      assert.instance(error, Unquotable, JSON.stringify(value));
      return [];
    }
  });
}

const separator = '\u0001';

quotes('the shell reads back what was quoted for it', async () => {
  const words = sayable(languages.sh);
  assert.ok(words.length > 30);
  const script = words.map(({ quoted }) => `printf '%s\\1' ${quoted}`).join('\n');
  const { stdout } = await must('sh', ['-s'], { input: script });
  assert.equal(
    stdout.split(separator).slice(0, -1),
    words.map(({ value }) => value),
  );
  const variables = words.map(({ quoted }, i) => `v${i}=${quoted}; printf '%s\\1' "$v${i}"`);
  const assigned = await must('sh', ['-s'], { input: variables.join('\n') });
  assert.is(assigned.stdout, stdout);
});

(await needs(quotes, 'nginx', 'root'))('nginx', async () => {
  const words = sayable(languages.nginx);
  assert.ok(words.length > 20);
  const directory = mkdtempSync(join(tmpdir(), 'nginx-quote-'));
  mkdirSync(join(directory, 'conf'));
  const places = words.map(({ quoted }, i) => `location = /${i} { return 200 ${quoted}; }`);
  writeFileSync(
    join(directory, 'conf', 'nginx.conf'),
    `events {}\npid /tmp/pid;\nhttp { access_log off; server { listen 127.0.0.1:8080;\n${places.join('\n')}\n} }\n`,
  );
  const ask =
    'nginx -c /conf/nginx.conf && for i in $(seq 0 "$1"); do curl -sS http://127.0.0.1:8080/$i && printf "\\1"; done';
  const { ok, stdout, output } = await inSandbox('nginx', [`${words.length - 1}`], {
    binds: { '/conf': join(directory, 'conf') },
    addresses: [],
    through: ask,
  });
  rmSync(directory, { recursive: true });
  assert.ok(ok, output);
  assert.equal(
    stdout.split(separator).slice(0, -1),
    words.map(({ value }) => value),
  );
});

quotes('nginx has no way to say a dollar or a long text', () => {
  assert.throws(() => languages.nginx('x'.repeat(5000)), /4 kB/);
  assert.throws(() => languages.coturn('x'.repeat(1000)), /no way/);
  assert.throws(() => languages.nginx('$host'), /cannot escape/);
});

(await needs(quotes, 'lua5.4'))('Lua', async () => {
  const words = sayable(languages.lua);
  assert.is(words.length, hostileStrings.length + 2, 'Lua can say everything');
  const script = words.map(({ quoted }) => `io.write(${quoted}, "\\1")`).join('\n');
  const { ok, stdout, output } = await inSandbox('lua5.4', ['-'], { input: script });
  assert.ok(ok, output);
  assert.equal(
    stdout.split(separator).slice(0, -1),
    words.map(({ value }) => value),
  );
});

quotes('JavaScript, also where the web server looks for its own tags', async () => {
  const words = sayable(languages.javascript);
  assert.is(words.length, hostileStrings.length + 2, 'JavaScript can say everything');
  const script = `console.log(JSON.stringify([${words.map(({ quoted }) => quoted).join(',\n')}]))`;
  assert.not.match(script, /<!--/);
  assert.not.match(script, /<\//);
  const { stdout } = await must(process.execPath, ['-'], { input: script });
  assert.equal(
    JSON.parse(stdout),
    words.map(({ value }) => value),
  );
});

quotes('HTML, in text and in attributes, also where the web server looks for its own tags', () => {
  const entity = /&#(\d+);/g;
  const words = sayable(languages.html);
  assert.ok(words.length > hostileStrings.length / 2, 'most can be said');
  for (const { value, quoted } of words) {
    assert.not.match(quoted, /[<>"']|&(?!#\d+;)/);
    assert.is(
      quoted.replace(entity, (_, code) => String.fromCharCode(Number(code))),
      value,
    );
  }
});

quotes('HOCON, whose strings are JSON’s', () => {
  for (const { value, quoted } of sayable(languages.hocon)) assert.is(JSON.parse(quoted), value);
});

quotes('languages without quotes take plain words only', () => {
  const { coturn, nft, patterns, env } = languages;
  const harmless = /^[A-Za-z0-9._/:@+-]+$/;
  for (const quote of [coturn, nft, patterns, env]) {
    for (const { value, quoted } of sayable(quote)) {
      assert.is(quoted, value);
      assert.match(value, harmless);
    }
    assert.is(quote('meet.example.org'), 'meet.example.org');
    assert.throws(() => quote(''), /no way to quote it/);
  }
});

quotes('Markdown shows marks instead of following them', () => {
  for (const mark of ['`', '*', '_', '[', ']', '<', '>', '|', '#', '\\', '~', '&']) {
    assert.is(languages.markdown(mark), `\\${mark}`, mark);
  }
  assert.throws(() => languages.markdown('a\nb'), /line break/);
});

quotes('what is no mark where it stands is left as it reads', () => {
  assert.is(languages.markdown('JWT_APP_SECRET > 8 bytes'), 'JWT_APP_SECRET > 8 bytes');
  assert.is(languages.markdown('_a_ a_ >b'), '\\_a\\_ a\\_ >b');
  assert.is(languages.markdown('> a'), '\\> a');
});

quotes('backticks in prose make code, and only in pairs', () => {
  assert.is(languages.markdownProse('`./stack up`, then *'), '`./stack up`, then \\*');
  assert.is(languages.markdownProse('one ` only'), 'one \\` only');
  assert.throws(() => languages.markdownProse('`a\nb`'), /line break/);
});

quotes('a code span survives the backticks in it', () => {
  assert.is(languages.markdownCode('./stack up'), '`./stack up`');
  assert.is(languages.markdownCode('a`b'), '``a`b``');
  assert.is(languages.markdownCode('`'), '`` ` ``');
  assert.is(languages.markdownCode('a | b'), '`a | b`');
  assert.throws(() => languages.markdownCode('a\nb'), /line break/);
});

quotes('a bar in a code span does not end a cell of a table', () => {
  assert.is(languages.markdownCell('a | b'), '`a \\| b`');
});

quotes('the shell itself is a judge that can say no', async () => {
  const { stdout } = await must('sh', ['-s'], { input: 'printf %s $(echo ran)' });
  assert.is(stdout, 'ran');
});

quotes.run();
