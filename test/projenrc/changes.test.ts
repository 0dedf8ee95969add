import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Change, readChange, readChanges } from '../../projenrc/changes/change.ts';
import {
  newestNotes,
  newestVersion,
  nextVersion,
  sectionOf,
  withSection,
} from '../../projenrc/changes/changelog.ts';
import { StackError } from '../../src/errors.ts';

const changes = suite('changes');
const root = join(import.meta.dirname, '../..');

const file = (text: string) => readChange('one.md', text);
const good = '---\nkind: fix\nfor: everybody\ndo: nothing\n---\nIt works\nagain.\n';

changes('every file in changes/ says what a change has to say', () => {
  readChanges(join(root, 'changes'));
  const shown = /```markdown\n(.*?)```/s.exec(
    readFileSync(join(root, 'changes/README.md'), 'utf8'),
  );
  const example = file(shown?.[1] ?? '');
  assert.ok('kind' in example, JSON.stringify(example));
});

changes('a file is read, and each that does not fit is named with why', () => {
  const read = { file: 'one.md', kind: 'fix', for: 'everybody', do: 'nothing' };
  assert.equal(file(good), { ...read, text: 'It works\nagain.' });
  for (const [text, what] of [
    ['It works.\n', 'does not begin'],
    [good.replace('kind: fix', 'kind: mended'), 'kind'],
    [good.replace('for: everybody\n', ''), 'for'],
    [good.replace('do: nothing', 'do: [x'), 'no YAML'],
    [good.replace('It works\nagain.', ''), 'does not say what'],
    [good.replace('again.', '\nAgain.'), 'more than one paragraph'],
  ] as const) {
    const problem = file(text);
    assert.ok('what' in problem, text);
    assert.match((problem as { what: string }).what, what);
  }
  const folder = mkdtempSync(join(tmpdir(), 'changes-'));
  writeFileSync(join(folder, 'a.md'), good);
  for (const name of ['b.md', 'c.md']) writeFileSync(join(folder, name), 'x');
  try {
    readChanges(folder);
    assert.unreachable();
  } catch (error) {
    assert.instance(error, StackError);
    assert.match((error as Error).message, /changes\/b\.md: .*\nchanges\/c\.md: /);
  }
  rmSync(folder, { recursive: true });
});

changes('the next version follows from the kinds', () => {
  const after = (current: string, ...kinds: Change['kind'][]) =>
    nextVersion(
      current,
      kinds.map((kind) => ({ kind })),
    );
  assert.is(after('0.0.0', 'fix'), '0.1.0');
  assert.is(after('0.3.1', 'fix'), '0.3.2');
  assert.is(after('0.3.1', 'breaking', 'fix'), '0.4.0');
  assert.is(after('1.3.1', 'fix', 'feature'), '1.4.0');
  assert.is(after('1.3.1', 'feature', 'breaking'), '2.0.0');
});

changes('a section goes on top, says first what has to be done, and is the newest', () => {
  const made = (kind: Change['kind'], what: string): Change => ({
    file: `${what}.md`,
    kind,
    for: 'everybody',
    do: what,
    text: `Something\nelse.`,
  });
  const section = sectionOf('0.2.0', '2026-11-30', [
    made('fix', 'nothing'),
    made('breaking', 'run `x`'),
  ]);
  const first = withSection(
    '# Changes\n\nHello.\n',
    sectionOf('0.1.0', '2026-11-01', [made('feature', 'nothing')]),
  );
  const both = withSection(first, section);
  assert.is(
    both,
    `# Changes

Hello.

## 0.2.0 (2026-11-30)

### To do after the update

- Something
  else.
  For everybody: run \`x\`.

### Mended

- Something
  else.
  For everybody: nothing to do.

## 0.1.0 (2026-11-01)

### New

- Something
  else.
  For everybody: nothing to do.
`,
  );
  assert.is(newestVersion('# Changes\n'), '0.0.0');
  assert.is(newestVersion(both), '0.2.0');
  assert.match(newestNotes(both), /^### To do after.*nothing to do\.\n$/s);
  assert.not.match(newestNotes(both), '0.1.0');
});

changes('entries from before there were files for them end up in the section', () => {
  const old =
    '# Changes\n\nHello.\n\n## Unreleased\n\n- One.\n- Two.\n\n## 0.0.9 (2026-01-01)\n\n- Old.\n';
  const now = withSection(old, '## 0.1.0 (2026-11-01)\n\n### New\n\n- Three.\n');
  assert.is(
    now,
    '# Changes\n\nHello.\n\n## 0.1.0 (2026-11-01)\n\n### New\n\n- Three.\n\n### Before\n\n- One.\n- Two.\n\n## 0.0.9 (2026-01-01)\n\n- Old.\n',
  );
});

changes('package.json has the newest version of the changelog', () => {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  assert.is(version, newestVersion(readFileSync(join(root, 'CHANGELOG.md'), 'utf8')));
});

changes.run();
