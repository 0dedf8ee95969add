import { type Dirent, readdirSync } from 'node:fs';

/** What is in a directory; nothing where there is none. */
export function list(path: string): Dirent[] | 'denied' {
  try {
    return readdirSync(path, { withFileTypes: true });
  } catch (error) {
    return isDenied(error) ? 'denied' : [];
  }
}

/** Whether somebody with more rights could look. */
export function isDenied(error: unknown): boolean {
  return ['EACCES', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '');
}
