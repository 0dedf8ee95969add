import { existsSync } from 'node:fs';
import { dirname, relative, resolve, sep } from 'node:path';
import { StackError } from '../../errors.ts';
import { explainFile } from '../explained.ts';
import { explainText } from '../report/explain.ts';
import { stackAbove, stackIn } from '../stack-here.ts';
import type { RunCommand } from './command.ts';

/** Says what a file of a stack is, what made it, and what has become of it. */
export const explain: RunCommand = async (invocation, context) => {
  if (invocation.words.length === 0) {
    throw new StackError({
      what: 'A file of a stack is needed.',
      fix: 'For example: create-jitsi-stack explain compose.yaml',
    });
  }
  const { directory: from, print, terminal, stages } = context;
  const explained = await Promise.all(
    invocation.words.map(async (word) => {
      const file = resolve(from, word);
      const directory = stackAbove(dirname(file), existsSync);
      const stack = directory && (await stackIn(directory, invocation, context));
      if (!stack) {
        throw new StackError({
          where: word,
          what: 'It is in no stack: no directory above it has a jitsi-stack.json.',
        });
      }
      const path = relative(stack.directory, file).split(sep).join('/');
      return explainFile(path, stack.plan, await (await stages()).readDrift(stack.directory));
    }),
  );
  print(
    invocation.json
      ? `${JSON.stringify(explained, null, 2)}\n`
      : explained.map((one) => explainText(one, terminal)).join('\n'),
  );
  return 0;
};
