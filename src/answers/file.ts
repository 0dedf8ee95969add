import { type Answers, schemaUrl } from './answers.ts';

/** All answers, in the order in which the file's reader meets them. */
const order = {
  version: 1,
  release: 2,
  domain: 3,
  network: 4,
  edge: 5,
  certificates: 6,
  turn: 7,
  auth: 8,
  rebuild: 9,
  firewall: 10,
  host: 11,
  settings: 12,
} as const satisfies Record<keyof Answers, number>;
const keys = Object.keys(order) as (keyof Answers)[];

/** `jitsi-stack.json` as the tool writes it: the order of keys is fixed, so that a diff shows only what changed. */
export function writeAnswers(answers: Answers): string {
  const ordered = Object.fromEntries(keys.map((key) => [key, answers[key]]));
  return `${JSON.stringify({ $schema: schemaUrl, ...ordered }, null, 2)}\n`;
}
