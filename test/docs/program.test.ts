import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { commands } from '../../src/cli/commands/index.ts';
import { program } from '../../src/cli/report/program.ts';

const root = resolve(import.meta.dirname, '../..');
const spelling = suite('how this program is called');

/** A call: the program's name and what only a call goes on with. */
const call = new RegExp(
  `(\\S* ?)create-jitsi-stack(?:@\\w+)?(?= (?:${Object.keys(commands).join('|')}|--[a-z]|meet\\b|\\./))`,
  'g',
);
const create = /npm create jitsi-stack(?!@latest)/g;

const sources = execFileSync('git', ['ls-files', 'README.md', 'docs', 'src', 'blueprints'], {
  cwd: root,
  encoding: 'utf8',
})
  .trim()
  .split('\n')
  .filter((path) => /\.(md|ts|ejs)$/.test(path) && path !== 'docs/benchmarks.md');

spelling('every call that people may copy works where only Node is', () => {
  let found = 0;
  const wrong = sources.flatMap((path) =>
    readFileSync(join(root, path), 'utf8')
      .split('\n')
      .flatMap((line, index) => {
        const calls = [...line.matchAll(call)].map(([text]) => text.replace(/^[`'“(]+/, ''));
        found += calls.length;
        const bad = calls.filter((text) => text !== program && !/^by /.test(text));
        return [...bad, ...(line.match(create) ?? [])].map(
          (text) => `${path}:${index + 1} ${text}`,
        );
      }),
  );
  assert.ok(found > 40, `only ${found} calls found`);
  assert.equal(wrong, []);
});

spelling.run();
