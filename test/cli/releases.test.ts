import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { run } from '../../src/cli/run.ts';
import { desk } from './stand-ins.ts';

let folder = '';
const releases = suite('releases');
releases.before.each(() => {
  folder = mkdtempSync(join(tmpdir(), 'releases-'));
});
releases.after.each(() => rmSync(folder, { recursive: true }));

const answers = ['--domain', 'meet.example.org', '--certificates', 'self-signed'];

/** A stack of a release, as far as these commands look at it. */
async function stackOf(release: string): Promise<void> {
  const there = desk(folder);
  assert.is(await run(['.', ...answers, '--release', release], there), 0, there.said());
  writeFileSync(join(folder, 'jitsi-stack.json'), JSON.stringify(there.answers()));
}

releases('are listed with the newest first and what they break', async () => {
  const there = desk(folder);
  assert.is(await run(['releases'], there), 0);
  const lines = there.printed().split('\n');
  assert.match(lines[0] ?? '', /^stable-11248 +2026-09-15 +out, not read yet/);
  assert.match(there.printed(), /^stable-11146-2 +2026-08-17 +newest, the default$/m);
  assert.match(there.printed(), /stable-10133 +2025-03-20 +breaks internal-accounts: Prosody/);
  assert.not.match(there.printed(), 'this stack');
});

releases('releases marks the one of the stack here', async () => {
  await stackOf('stable-11031');
  const there = desk(folder);
  await run(['releases', '--json'], there);
  const rows: { tag: string; pinned: boolean }[] = JSON.parse(there.printed());
  assert.equal(
    rows.filter(({ pinned }) => pinned).map(({ tag }) => tag),
    ['stable-11031'],
  );
  assert.is(rows.length, 26);
});

releases('diff says what changes, in either order', async () => {
  const there = desk(folder);
  assert.is(await run(['releases', 'diff', 'stable-11146-2', 'stable-11031'], there), 0);
  assert.match(there.printed(), 'stable-11031 → stable-11146-2\n');
  assert.match(there.printed(), 'ENABLE_SCTP is gone.');
  assert.match(there.printed(), 'New settings: ');
  const same = desk(folder);
  await run(['releases', 'diff', 'stable-11031', 'stable-11031'], same);
  assert.match(same.printed(), 'Nothing changes.');
});

releases('diff in a stack leaves out what does not concern it', async () => {
  await stackOf('stable-11031');
  const there = desk(folder);
  await run(['releases', 'diff', 'stable-11031', 'stable-11146-2', '--json'], there);
  const found = JSON.parse(there.printed());
  assert.is(found.for, 'meet.example.org');
  const whats = found.changes.map(({ what }: { what: string }) => what).join('\n');
  assert.match(whats, '8000 and 8443');
  assert.not.match(whats, 'Recordings');
  assert.not.match(whats, 'ENABLE_SCTP');
});

releases('unknown tags and words are refused in a sentence', async () => {
  for (const [words, sentence] of [
    [['diff', 'stable-1'], 'Name two releases to compare.'],
    [['diff', 'stable-1', 'stable-11031'], '"stable-1" is not a release'],
    [['difff'], '“releases difff” is no command.'],
  ] as const) {
    const there = desk(folder);
    assert.is(await run(['releases', ...words], there), 2);
    assert.match(there.said(), sentence);
  }
});

releases.run();
