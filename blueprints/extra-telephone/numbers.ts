import type { Problem } from '../../src/blueprint.ts';

/** A number that people call, as Jitsi's page shows it. */
export interface DialInNumber {
  /** Two capital letters (ISO 3166-1); the page shows the country's name and flag. */
  readonly country: string;
  /** As it is shown, in international form: `+49 30 123456`. */
  readonly number: string;
  /** What is dialled: digits alone, with the country's code. */
  readonly digits: string;
}

const form = /^([A-Za-z]{2})\s+(\+[0-9][0-9 ()/-]*)$/;

/** The numbers of an answer such as `DE +49 30 123456, CH +41 44 123456`; undefined for one that is none. */
const readOne = (text: string): DialInNumber | undefined => {
  const [, country, number] = form.exec(text.trim()) ?? [];
  if (country === undefined || number === undefined) return undefined;
  const digits = number.replace(/\D/g, '');
  // E.164: fifteen digits at most.
  if (digits.length < 5 || digits.length > 15) return undefined;
  return { country: country.toUpperCase(), number: number.trim().replace(/\s+/g, ' '), digits };
};

/** The numbers that people call to reach rooms by PIN; the first is the one that invitations name. */
export function dialInNumbers(answer: string | undefined): readonly DialInNumber[] {
  return partsOf(answer).flatMap((part) => readOne(part) ?? []);
}

/** What in the answer is no number, in sentences. */
export function numberProblems(answer: string | undefined): readonly Problem[] {
  const wrong = partsOf(answer).find((part) => readOne(part) === undefined);
  if (wrong === undefined) return [];
  return [
    {
      answer: 'telephone.numbers',
      what: `“${wrong.trim()}” is no number with its country.`,
      fix: 'Enter the country’s two letters and the number with its code, such as DE +49 30 123456; commas stand between several.',
    },
  ];
}

function partsOf(answer = ''): readonly string[] {
  return answer.trim() === '' ? [] : answer.split(',');
}
