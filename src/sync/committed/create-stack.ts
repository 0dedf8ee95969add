import { existsSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { StackError } from '../../errors.ts';
import { diffTexts } from '../diff-texts.ts';
import { formatLock, lockName } from '../lock/lock.ts';
import { commit } from '../repository/commit.ts';
import { exposedSecrets, inspect, untrackedProblem } from '../repository/preflight.ts';
import type { Repository } from '../repository/repository.ts';
import { gitIn } from '../run-git.ts';
import type { Cleanup } from '../safety/cleanup.ts';
import { look, makeDirectory, replaceFile, says, setExecutable } from '../safety/disk.ts';
import type { FileChange, Generated, GeneratedFile, SyncOptions, SyncReport } from '../types.ts';

interface Creation {
  readonly directory: string;
  /** A repository without commits; undefined makes one. */
  readonly repository: Repository | undefined;
  readonly generated: Generated;
  readonly options: SyncOptions;
  readonly message: string;
  readonly cleanup: Cleanup;
}

/** Writes a stack where nothing is committed yet and makes it the first commit. */
export async function createStack(creation: Creation): Promise<SyncReport> {
  const { directory, repository, generated, options, message, cleanup } = creation;
  if (repository) {
    const { problems } = await inspect(repository, () => false);
    if (problems.length > 0) throw new StackError(problems);
  }
  const { files, changes } = place(directory, generated, options);
  if (options.dryRun) {
    const news = files
      .filter(({ path }) => path !== lockName)
      .map(({ path, text, executable }) => ({ path, new: { content: text, executable } }));
    return {
      outcome: 'preview',
      changes,
      overlaps: [],
      notes: [],
      ...(await diffTexts(news, cleanup)),
    };
  }
  const mark = cleanup.mark;
  for (const file of files) write(directory, file, cleanup);
  const { git, top, prefix, gitDir } = repository ?? (await initialise(directory, cleanup));
  keepIndex(gitDir, cleanup);
  const add = (executable: boolean): string[] =>
    files.filter((file) => file.executable === executable).map(({ path }) => prefix + path);
  await git(
    '-c',
    'core.safecrlf=false',
    'update-index',
    '--verbose',
    '--add',
    ...add(false),
    '--chmod=+x',
    ...add(true),
  );
  // A repository of this minute has nothing to tidy up, which git would start another process to find out.
  const id = await commit((...words) => git('-c', 'maintenance.auto=false', ...words), message);
  cleanup.forget(mark);
  const notes = await exposedSecrets(
    { git, top, prefix, gitDir, commonDir: gitDir, commit: id },
    options.secretPaths ?? [],
  );
  return { outcome: 'created', changes, overlaps: [], notes, commit: id };
}

/** Sorts out what can be written, and refuses to write over a file that nobody could bring back. */
function place(
  directory: string,
  generated: Generated,
  { sources = [], inputs = [] }: SyncOptions,
): { files: GeneratedFile[]; changes: FileChange[] } {
  const lock: GeneratedFile = {
    path: lockName,
    text: formatLock(generated),
    executable: false,
    kind: 'managed',
  };
  const files: GeneratedFile[] = [];
  const changes: FileChange[] = [];
  const inTheWay: string[] = [];
  // The lock comes first: should this run be killed, it tells the next one what to take back.
  const theirs = sources.map((file) => ({ ...file, executable: false, kind: 'seeded' as const }));
  const ours = generated.files.map(({ remarked, ...file }) => ({
    ...file,
    text: remarked ?? file.text,
  }));
  for (const file of [lock, ...theirs, ...ours]) {
    const found = look(directory, file.path);
    const isFree =
      found.kind === 'nothing' ||
      (found.kind === 'file' && (inputs.includes(file.path) || says(found.content, file.text)));
    if (isFree) {
      files.push(file);
      if (file !== lock) changes.push({ path: file.path, change: 'added' });
    } else if (file.kind === 'seeded') {
      changes.push({ path: file.path, change: 'kept', note: 'yours was here already' });
    } else inTheWay.push(file.path);
  }
  if (inTheWay.length > 0) throw new StackError(untrackedProblem(inTheWay));
  return { files, changes };
}

function write(
  directory: string,
  { path, text, executable }: GeneratedFile,
  cleanup: Cleanup,
): void {
  const file = join(directory, path);
  if (!existsSync(file)) {
    makeDirectory(dirname(file), cleanup);
    cleanup.add(() => rmSync(file, { force: true }));
    replaceFile(file, text, executable);
    return;
  }
  const before = readFileSync(file);
  if (!before.equals(Buffer.from(text))) {
    cleanup.add(() => replaceFile(file, before, executable));
    replaceFile(file, text, executable);
  }
  setExecutable(file, executable);
}

async function initialise(directory: string, cleanup: Cleanup): Promise<Repository> {
  const gitDir = join(directory, '.git');
  const git = gitIn(directory);
  cleanup.add(() => rmSync(gitDir, { recursive: true, force: true }));
  await git('-c', 'init.defaultBranch=main', 'init');
  return { git, top: directory, prefix: '', gitDir, commonDir: gitDir, commit: undefined };
}

/** Puts the owner's index back if there is no commit in the end. */
export function keepIndex(gitDir: string, cleanup: Cleanup): void {
  const index = join(gitDir, 'index');
  const before = existsSync(index) ? readFileSync(index) : undefined;
  cleanup.add(() => (before ? replaceFile(index, before, false) : rmSync(index, { force: true })));
}
