import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { jsonFault } from '../../../src/answers/file/json-fault.ts';
import { readAnswers } from '../../../src/answers/file/read.ts';

const folder = mkdtempSync(join(tmpdir(), 'answers-'));
const files = suite('answers file');
files.after(() => rmSync(folder, { recursive: true }));

/** What is read from a file of the folder, or the sentence that refuses it. */
function at(name: string): unknown {
  try {
    return readAnswers(join(folder, name), name);
  } catch (error) {
    return (error as Error).message;
  }
}

function read(text: string): unknown {
  writeFileSync(join(folder, 'answers.json'), text);
  return at('answers.json');
}

files('is JSON, with or without a byte order mark', () => {
  assert.equal(read('{ "domain": "meet.example.org" }'), { domain: 'meet.example.org' });
  assert.equal(read('\uFEFF{}'), {});
});

files('may have comments, and a comma after the last of a list', () => {
  assert.equal(
    read(
      '// ours\n{ "a": "// no /* comment", /* one,\r\n } */ "b": [1, 2, /* last */ ], // two\n}',
    ),
    { a: '// no /* comment', b: [1, 2] },
  );
  assert.is(
    read('{ // first\n /* one\n two */ "a": }'),
    'answers.json, line 3: This is not JSON: at column 14, a value is missing before this }',
  );
  assert.match(String(read('{ "a": 1, // "a": 2,\n "a": 3 }')), /line 2: “a” is here twice/);
});

files('that is not JSON is refused with line, column and what is wrong', () => {
  assert.is(
    read('{\n  "domain": "a.example.org"\n  "turn": {}\n}'),
    'answers.json, line 3: This is not JSON: at column 3, a comma is missing before "turn".',
  );
});

const faults: readonly (readonly [text: string, at: string, what: RegExp])[] = [
  ['', '1:1', /file is empty/],
  ['{,}', '1:2', /name in double quotes is expected, not ,/],
  ['{"a": 1,,}', '1:9', /name in double quotes is expected, not ,/],
  ['{"a" 1}', '1:6', /colon is missing/],
  ['{a: 1}', '1:2', /“a” is not JSON; put it in double quotes/],
  ["{'a': 1}", '1:2', /double quotes, not single/],
  ['{"a": 1 # why\n}', '1:9', /begin with \/\/, not with #/],
  ['{"a": 1} /* why', '1:10', /comment has no end/],
  ['{"a": meet.example.org}', '1:7', /“meet.example.org” is not JSON/],
  ['{"a": "line\nbreak"}', '1:7', /no end, or a line break/],
  ['{"a": [1, 2}', '1:12', /closes nothing/],
  ['{"a": {"b": 1}', '1:15', /closing } is missing/],
  ['[1', '1:3', /closing ] is missing/],
  ['{} {}', '1:4', /after the end/],
  ['{"a": }', '1:7', /value is missing/],
  ['{"a"}', '1:5', /value is missing/],
  ['{"a": ,}', '1:7', /value is missing/],
  ['{"a": 01}', '1:7', /“01” is not JSON/],
];

for (const [text, at, what] of faults) {
  files(`JSON fault: ${JSON.stringify(text)}`, () => {
    assert.throws(() => JSON.parse(text));
    const fault = jsonFault(text);
    assert.is(`${fault.line}:${fault.column}`, at);
    assert.match(fault.what, what);
  });
}

files('a file that holds no object is refused', () => {
  assert.match(String(read('[]')), 'An object in braces is needed');
  assert.match(String(read('null')), 'An object in braces is needed');
});

files('of a newer version is refused before anything is read from it', () => {
  assert.match(
    String(read('{"version": 3, "unheard": {}}')),
    /version 3; this tool reads version 2/,
  );
});

files('that is missing, a directory, huge or a loop is named', () => {
  symlinkSync('loop.json', join(folder, 'loop.json'));
  writeFileSync(join(folder, 'huge.json'), `"${'x'.repeat(2 ** 20)}"`);
  assert.match(String(at('missing.json')), 'missing.json: There is no such file.');
  assert.match(String(at('loop.json')), 'leads to itself');
  assert.match(String(at('huge.json')), 'larger than 1 MiB');
  assert.match(String(at('.')), 'This is a directory');
});

files('names that stand twice, and __proto__, are refused with their line', () => {
  const folder = mkdtempSync(join(tmpdir(), 'names-'));
  const file = join(folder, 'a.json');
  const refusal = (text: string) => {
    writeFileSync(file, text);
    try {
      readAnswers(file, 'a.json');
    } catch (error) {
      return (error as Error).message;
    }
    return 'accepted';
  };
  assert.match(refusal('{\n"domain": "a",\n"domain": "b" }'), /line 3: “domain” is here twice/);
  assert.match(refusal('{"turn": {"mode": 1, "m\\u006fde": 2}}'), /“mode” is here twice/);
  assert.match(refusal('{"__proto__": {}}'), /no answer called “__proto__”/);
  assert.match(refusal('{"settings": {"__proto__": 1}}'), /no answer called “__proto__”/);
  assert.is(refusal('{"a": "{", "b": ["a", "a", {"a": "a:"}], "c": {"a": 1}}'), 'accepted');
  rmSync(folder, { recursive: true });
});

files.run();
