import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Decision, Overlap } from '../../sync/types.ts';
import { overlapText } from '../report/overlap.ts';
import type { Terminal } from '../terminal.ts';
import type { Asker } from './asker.ts';

/** Opens an editor on a file and waits; false when it failed. */
export type Edit = (path: string) => boolean;

/** Shows one overlap and asks what is right. */
export async function decide(
  overlap: Overlap,
  asker: Asker,
  terminal: Terminal,
  edit: Edit = editor,
): Promise<Decision> {
  asker.show(
    'Your edit and the new version change the same lines',
    overlapText(overlap, terminal.style),
  );
  for (;;) {
    const choice = await asker.select({
      question: `${overlap.path}, line ${overlap.line}`,
      choices: [
        { value: 'mine', label: 'Keep mine' },
        { value: 'new', label: 'Take the new lines' },
        {
          value: 'edit',
          label: 'Edit',
          hint: 'in your editor, with both versions in front of you',
        },
        { value: 'cancel', label: 'Cancel', hint: 'nothing is changed' },
      ],
    });
    if (choice === 'mine' || choice === 'new' || choice === 'cancel') return choice;
    const text = edited(overlap, edit);
    if (text !== undefined) return { text };
    asker.tell(
      'The conflict markers are still there, or the editor failed. Nothing was changed.',
      'warning',
    );
  }
}

/** Both versions between git's marks, as their owner left them; undefined while a mark is left. */
function edited({ path, mine, new: generated }: Overlap, edit: Edit): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'overlap-'));
  const file = join(folder, basename(path));
  const line = (text: string) => (text === '' || text.endsWith('\n') ? text : `${text}\n`);
  try {
    writeFileSync(file, `<<<<<<< mine\n${line(mine)}=======\n${line(generated)}>>>>>>> new\n`, {
      mode: 0o600,
    });
    if (!edit(file)) return undefined;
    const text = readFileSync(file, 'utf8');
    return /^(<{7}|={7}|>{7})/m.test(text) ? undefined : text;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** `VISUAL` and `EDITOR` may hold arguments, so a shell starts them, as git does. */
function editor(path: string): boolean {
  const program = process.env.VISUAL || process.env.EDITOR || 'vi';
  return spawnSync('sh', ['-c', `${program} "$1"`, 'sh', path], { stdio: 'inherit' }).status === 0;
}
