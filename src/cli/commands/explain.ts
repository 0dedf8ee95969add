import { existsSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import { stackAbove } from '../../answers/gather.ts';
import { StackError } from '../../errors.ts';
import { driftIn, stackIn } from '../../inspect.ts';
import { explainFile, isOwnersPlace } from '../explain-file.ts';
import { explainText } from '../report/explain.ts';
import type { RunCommand } from './command.ts';

/** Says what a file of a stack is, what made it, and what has become of it. */
export const explain: RunCommand = async (invocation, context) => {
  if (invocation.words.length === 0) {
    throw new StackError({
      what: 'Name a file of a stack.',
      fix: 'For example: npx create-jitsi-stack@latest explain compose.yaml',
    });
  }
  const { directory: from, print, terminal } = context;
  const explained = await Promise.all(
    invocation.words.map(async (word) => {
      const file = resolve(from, word);
      const directory = stackAbove(file);
      const stack = directory && (await stackIn(directory, invocation, context));
      if (!stack) {
        throw new StackError({
          where: word,
          what: 'It is not in a stack: no directory above it has a jitsi-stack.json.',
        });
      }
      const path = relative(stack.directory, file).split(sep).join('/');
      if (path === '') {
        throw new StackError({
          where: word,
          what: 'This is the stack itself.',
          fix: 'Name a file or folder in it, such as compose.yaml.',
        });
      }
      const known = explainFile(path, stack.plan, await driftIn(stack.directory));
      if (known.kind === 'unmanaged' && !existsSync(file) && !isOwnersPlace(path, stack.plan)) {
        throw new StackError({
          where: word,
          what: 'There is no such file, and the stack has none of that name.',
          fix: 'Check its path; it is relative to where you are.',
        });
      }
      return known;
    }),
  );
  print(
    invocation.json
      ? `${JSON.stringify(explained, null, 2)}\n`
      : explained.map((one) => explainText(one, terminal)).join('\n'),
  );
  return 0;
};
