/** The line with which an owner's file in HOCON takes in what the stack adds to it. */
export const includeLine = 'include "stack.conf"';

/** Whether a file in HOCON takes in the `stack.conf` beside it. */
export function includesStackConf(text: string): boolean {
  return /^\s*include\s+(?:required\()?(?:file\()?"(?:[^"]*\/)?stack\.conf"/m.test(text);
}
