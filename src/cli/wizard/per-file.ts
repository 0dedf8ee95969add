import type { Decision, Overlap } from '../../sync/types.ts';
import type { Asker } from './asker.ts';

/**
 * Asks once for each file that was here before the stack: use the generated one, keep the owner's, or go through the
 * places where they differ.
 */
export function perFile(
  asker: Asker,
  decide: (overlap: Overlap) => Promise<Decision>,
): (overlap: Overlap) => Promise<Decision> {
  const chosen = new Map<string, string>();
  return async (overlap) => {
    const { path, base } = overlap;
    // What was generated before is an ordinary update.
    if (base !== undefined) return decide(overlap);
    const choice =
      chosen.get(path) ??
      (await asker.select({
        question: `${path} is here already, and the stack has a file of that name.`,
        choices: [
          {
            value: 'new',
            label: 'Use the generated one',
            hint: 'yours stays in git’s history',
          },
          {
            value: 'mine',
            label: 'Keep mine',
            hint: 'new versions of the stack’s file will be offered',
          },
          { value: 'merge', label: 'Merge', hint: 'each place where they differ is shown' },
          { value: 'cancel', label: 'Cancel', hint: 'nothing is changed' },
        ],
      }));
    chosen.set(path, choice);
    if (choice === 'new' || choice === 'mine' || choice === 'cancel') return choice;
    return decide(overlap);
  };
}
