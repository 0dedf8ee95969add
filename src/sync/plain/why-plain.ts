import { StackError } from '../../errors.ts';
import { hasGit } from '../run-git.ts';

/** What to tell whose stack was written as plain files, although they did not ask for that. */
export async function whyPlain(directory: string): Promise<string> {
  if (!(await hasGit())) {
    return 'Git is not installed, so plain files were written. With git, every update is a commit that you can look at and take back.';
  }
  const where = new StackError({
    where: directory,
    what: 'This stack is not committed to a git repository, so its files were updated in place.',
  });
  return `${where.message} To have updates as commits, run git init, git add . and git commit there.`;
}
