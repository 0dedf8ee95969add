import type { $ZodIssue } from 'zod/v4/core';
import { type Problem, StackError } from '../errors.ts';
import type { Answers } from './answers.ts';
import type { RawAnswers } from './complete.ts';
import { checkNetwork } from './network.ts';
import { answersSchema } from './schema.ts';
import { flagOf, type Section } from './sections.ts';

/**
 * Checks complete answers.
 *
 * @param source what the answers come from, or which of its parts an answer comes from
 * @throws StackError that lists every wrong answer with its place and flag
 */
export function checkAnswers(
  all: readonly Section[],
  raw: RawAnswers,
  source: string | ((place: readonly string[]) => string),
): Answers {
  const result = answersSchema(all).safeParse(raw);
  if (!result.success)
    throw new StackError(result.error.issues.map((issue) => toProblem(all, issue, source)));
  const { $schema: _, ...answers } = result.data as Answers & { $schema?: string };
  const problems = checkNetwork(answers.network);
  if (problems.length > 0) throw new StackError(problems);
  return answers;
}

function toProblem(
  all: readonly Section[],
  issue: $ZodIssue,
  source: string | ((place: readonly string[]) => string),
): Problem {
  const path = issue.path.map(String);
  const section = all.find(({ id, fields }) =>
    id === '' ? path[0] !== undefined && path[0] in fields : id === path[0],
  );
  const name = section?.id === '' ? path[0] : path[1];
  const from = typeof source === 'string' ? source : source(path);
  const where = path.length > 0 ? `${from}, ${path.join('.')}` : from;
  if (issue.code === 'invalid_key') {
    return { where, what: issue.issues[0]?.message ?? issue.message };
  }
  if (issue.code === 'unrecognized_keys') {
    return {
      where,
      what: `There is no answer called ${issue.keys.map((key) => `“${key}”`).join(', ')} here.`,
      fix: 'Remove it, or check its spelling and the section that it stands in.',
    };
  }
  const what = sentenceOf(issue, section);
  if (from.startsWith('--')) return { where: from, what };
  const flag = section && name ? flagOf(section, name) : undefined;
  return { where, what, ...(flag && { fix: `Correct it there or give ${flag}.` }) };
}

/** The schema's own sentences are ours; these two come from the library. */
function sentenceOf(issue: $ZodIssue, section: Section | undefined): string {
  if (issue.code === 'invalid_union' && section?.choice) {
    return `One of ${Object.keys(section.choice.fields).join(', ')} is needed.`;
  }
  if (issue.code === 'invalid_type' && issue.expected === 'object') {
    return 'An object in braces is needed.';
  }
  return issue.message;
}
