import { StackError } from '../../errors.ts';
import { GitFailed, lacksRoom } from '../run-git.ts';

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'This user may not write there.',
  EPERM: 'This user may not write there.',
  EROFS: 'The file system is read-only.',
  ENOSPC: 'The disk is full.',
  EDQUOT: 'The disk quota is used up.',
};

/** Why the disk refused, in words; undefined where the reason is not one that its owner can put right. */
export function diskReason(error: unknown): string | undefined {
  return reasons[(error as NodeJS.ErrnoException).code ?? ''];
}

/** Turns what the owner can put right (git's refusals, a full disk, missing rights) into their own words; the rest is a defect. */
export function explainFailure(error: unknown): unknown {
  if (error instanceof GitFailed) {
    return new StackError(
      {
        what: 'Git could not do its part.',
        why: `It says: ${error.message}`,
        fix: lacksRoom(error)
          ? 'Make room on the disk (df -h) and run this again.'
          : 'Put that right and run this again.',
      },
      { cause: error },
    );
  }
  const { path } = error as NodeJS.ErrnoException;
  const why = diskReason(error);
  if (why === undefined) return error;
  return new StackError(
    {
      ...(path === undefined ? {} : { where: path }),
      what: 'The stack could not be written.',
      why,
      fix: 'Put that right and run this again.',
    },
    { cause: error },
  );
}
