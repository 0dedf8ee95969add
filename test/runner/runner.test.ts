import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { suiteLines, summaryLines } from './report.ts';
import { checkout, runSuite } from './suite.ts';

const runner = suite('what the runner says');

// Inside of the checkout, for its node_modules, and outside of `test`, so that nobody takes it for one of its suites.
const cache = join(checkout, '.cache');
mkdirSync(cache, { recursive: true });
const folder = mkdtempSync(join(cache, 'suites-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
const head = `import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { needs } from '${join(checkout, 'test/programs/needs.ts')}';
`;

/** Runs the text of a suite; CI is for its own process. */
async function run(text: string, ci = 'false') {
  const path = relative(join(checkout, 'test'), join(folder, 'one.test.ts'));
  writeFileSync(join(folder, 'one.test.ts'), head + text);
  const before = process.env.CI;
  process.env.CI = ci;
  try {
    return await runSuite(path);
  } finally {
    if (before === undefined) delete process.env.CI;
    else process.env.CI = before;
  }
}

runner('a failing suite shows the failing line first, and not more than a screen', async () => {
  const result = await run(`const one = suite('one');
one('good', () => {});
one('says "no", at length', () => {
  console.log('noise');
  assert.equal(Array.from({ length: 300 }, (_, i) => i), [], 'three hundred too many');
});
one.run()
`);
  assert.equal([result.passed, result.failed, result.bad], [1, 1, true]);
  const [first, name, line, message, ...rest] = suiteLines(result).map((text) => text.trim());
  assert.match(first ?? '', /^FAIL .*one\.test\.ts {2}1 passed, 1 failed/);
  assert.is(name, '✘ one: says "no", at length');
  assert.match(line ?? '', /one\.test\.ts:8 {2}assert\.equal\(Array\.from/);
  assert.match(message ?? '', 'three hundred too many');
  assert.ok(rest.length < 40, `${rest.length} lines`);
  assert.match(rest.join('\n'), /… \d+ more lines/);
  assert.match(rest.at(-1) ?? '', `All of it: ${result.log}. Again: npx tsx test/run.ts `);
});

runner('an error thrown elsewhere is shown with the place in the suite', async () => {
  const result = await run(`const one = suite('one');
one('falls', () => {
  JSON.parse('{');
});
one.run()
`);
  const lines = suiteLines(result).join('\n');
  assert.match(lines, /one\.test\.ts:6 {2}JSON\.parse\('\{'\);/);
  assert.match(lines, /JSON/);
});

runner('what the machine lacks is skipped loudly, its preparations too', async () => {
  const needy = `const one = suite('one');
one('needs nothing', () => {});
const some = await needs(one, 'host:no-such-program-5.4');
some.before(() => { throw new Error('nothing to prepare for'); });
some('needs: it', () => {});
some('and this too', () => {});
some.run()
`;
  const result = await run(needy);
  assert.equal([result.passed, result.failed, result.skipped], [1, 0, 2]);
  assert.match(suiteLines(result).join('\n'), 'SKIPPED 2: no-such-program-5.4: not installed');
  assert.match(
    summaryLines([result, result]).join('\n'),
    '4 tests: no-such-program-5.4: not installed',
  );
  const onCi = await run(needy, 'true');
  assert.equal([onCi.passed, onCi.failed, onCi.skipped, onCi.bad], [1, 2, 0, true]);
  assert.match(suiteLines(onCi).join('\n'), 'not run: no-such-program-5.4: not installed');
});

const hooks = {
  'before(() => {': { failed: 2, lost: 1, name: 'one: before' },
  'after.each(() => {': { failed: 2, lost: 0, name: 'one: after.each' },
  'after(() => {': { failed: 1, lost: 0, name: 'one: after' },
};
for (const [hook, { failed, lost, name }] of Object.entries(hooks)) {
  runner(`an error of ${hook.split('(')[0]}, which uvu loses, is told like any other`, async () => {
    const result = await run(`const one = suite('one');
one.${hook}
  assert.is(1, 2, 'no room');
});
one('holds', () => {});
one('holds as well', () => {});
one.run()
`);
    assert.is(result.failed, failed);
    const lines = suiteLines(result).join('\n');
    assert.match(lines, `✘ ${name}`);
    assert.match(lines, /one\.test\.ts:6 {2}assert\.is\(1, 2, 'no room'\);\s+no room/);
    if (lost > 0) assert.match(lines, `${lost} did not run: what the suite does before or after`);
  });
}

runner('a suite that runs no test, or breaks before it, is bad', async () => {
  const silent = await run("suite('one')('never', () => {});\n");
  assert.match(suiteLines(silent)[0] ?? '', 'ran no test; is .run() missing?');
  const broken = await run("throw new Error('no way');\n");
  assert.is(broken.failed, 1);
  const lines = suiteLines(broken).join('\n');
  assert.match(lines, 'broke before its first test');
  assert.match(lines, 'Error: no way');
  assert.match(summaryLines([broken]).at(-1) ?? '', '0 passed, 1 failed, 0 skipped');
});

runner.run();
