import { readFileSync, statSync } from 'node:fs';
import { StackError } from '../../errors.ts';
import { withoutComments } from '../../json-comments.ts';
import type { Draft } from '../set-answer.ts';
import { answersVersion } from '../version.ts';
import { wrongName } from './doubled.ts';
import { jsonFault } from './json-fault.ts';

/** More than any answers file needs: a wrong file should be named, not read. */
const most = 1024 * 1024;

/**
 * Reads a file of answers: any part of what `jitsi-stack.json` holds. Comments, and commas after the last of a list, are
 * allowed as editors allow them.
 *
 * @param name how the file was named, for sentences about it
 * @throws StackError when it is not there, not JSON, or of a newer version
 */
export function readAnswers(path: string, name: string): Draft {
  const refuse = (what: string, fix?: string, line?: number) =>
    new StackError({
      where: line === undefined ? name : `${name}, line ${line}`,
      what,
      ...(fix && { fix }),
    });
  const text = withoutComments(readText(path, refuse));
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    const { line, column, what } = jsonFault(text);
    throw refuse(`This is not JSON: at column ${column}, ${what}`, undefined, line);
  }
  const wrong = wrongName(text);
  if (wrong) throw refuse(wrong.what, wrong.fix, wrong.line);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw refuse('An object in braces is needed, such as { "domain": "meet.example.org" }.');
  }
  const answers = value as Draft;
  if (typeof answers.version === 'number' && answers.version > answersVersion) {
    throw refuse(
      `It is of version ${answers.version}; this tool reads version ${answersVersion}.`,
      'It was written by a newer create-jitsi-stack: run that one (npx create-jitsi-stack@latest).',
    );
  }
  return answers;
}

function readText(path: string, refuse: (what: string, fix?: string) => StackError): string {
  try {
    const facts = statSync(path);
    if (facts.isDirectory()) throw refuse('This is a directory; a JSON file is needed.');
    if (!facts.isFile()) throw refuse('This is not a regular file.');
    if (facts.size > most)
      throw refuse('It is larger than 1 MiB, so it is hardly a file of answers.');
    return readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    if (error instanceof StackError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') {
      throw refuse('There is no such file.', 'Check its path; it is relative to where you are.');
    }
    if (code === 'ELOOP') throw refuse('This symbolic link leads to itself.');
    if (code === 'EACCES' || code === 'EPERM') throw refuse('You are not allowed to read it.');
    throw error;
  }
}
