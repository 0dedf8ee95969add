import type { $ZodIssue } from 'zod/v4/core';
import { type Problem, StackError } from '../errors.ts';
import type { Answers } from './answers.ts';
import type { RawAnswers } from './complete.ts';
import { answersSchema } from './schema.ts';
import { flagOf, isPresent, type Section } from './sections.ts';

/**
 * Checks complete answers, each by itself; whether they go together is for the plan to say.
 *
 * @param source what the answers come from, or which of its parts an answer comes from
 * @throws StackError that lists every wrong answer with its place and flag
 */
export function checkAnswers(
  sections: readonly Section[],
  raw: RawAnswers,
  source: Source,
): Answers {
  const picked = withPicked(sections, raw);
  const result = answersSchema(sections, picked).safeParse(picked);
  const wrong = result.error?.issues.map((issue) => toProblem(sections, issue, source)) ?? [];
  const problems = [...wrong, ...strays(sections, raw, source)];
  if (problems.length > 0) throw new StackError(problems);
  const { $schema: _, ...answers } = result.data as Answers & { $schema?: string };
  return answers;
}

/** Where an answer comes from: the whole of the answers, or which part of them. */
type Source = string | ((place: readonly string[]) => string);

/** A feature from a list has its answers checked even where none of them is there. */
function withPicked(sections: readonly Section[], raw: RawAnswers): RawAnswers {
  const picked = sections.filter(
    (section) => section.list !== undefined && isPresent(section, raw),
  );
  return { ...Object.fromEntries(picked.map(({ id }) => [id, {}])), ...raw };
}

/** Answers of features that are not in their list. */
function strays(sections: readonly Section[], raw: RawAnswers, source: Source): Problem[] {
  return sections.flatMap((section) => {
    const { id, list } = section;
    if (list === undefined || raw[id] === undefined || isPresent(section, raw)) return [];
    const place = [id, ...Object.keys(Object(raw[id])).slice(0, 1)];
    const from = typeof source === 'string' ? source : source(place);
    return [
      {
        where: from.startsWith('--') ? from : `${from}, ${id}`,
        answer: list,
        what: `The answers of “${id}” have no effect: it is not in the list “${list}”.`,
        fix: `Add it there (--${list} ${id}), or leave its answers out.`,
      },
    ];
  });
}

function toProblem(sections: readonly Section[], issue: $ZodIssue, source: Source): Problem {
  const path = issue.path.map(String);
  const section = sections.find(({ id, fields }) =>
    id === '' ? path[0] !== undefined && path[0] in fields : id === path[0],
  );
  const name = section?.id === '' ? path[0] : path[1];
  // An unknown name is to blame itself, not what it stands in.
  const [unknown] = issue.code === 'unrecognized_keys' ? issue.keys : [];
  const place = unknown === undefined ? path : [...path, unknown];
  const from = typeof source === 'string' ? source : source(place);
  const answer = path.join('.');
  const where = path.length > 0 ? `${from}, ${answer}` : from;
  if (issue.code === 'invalid_key') {
    return { where, answer, what: issue.issues[0]?.message ?? issue.message };
  }
  if (issue.code === 'unrecognized_keys') {
    return {
      where,
      what: `There is no answer called ${issue.keys.map((key) => `“${key}”`).join(', ')} here.`,
      fix: 'Remove it, or check its spelling and its section.',
    };
  }
  const what = sentenceOf(issue, section);
  if (from.startsWith('--')) return { where: from, answer, what };
  const flag = section && name ? flagOf(section, name) : undefined;
  return { where, answer, what, ...(flag && { fix: `Correct it there or give ${flag}.` }) };
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
