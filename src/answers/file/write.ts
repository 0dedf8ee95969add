import { type Answers, schemaUrl } from '../answers.ts';

/** All answers, in the order in which the file's reader meets them. */
const order = {
  version: true,
  release: true,
  domain: true,
  name: true,
  network: true,
  edge: true,
  certificates: true,
  turn: true,
  auth: true,
  rebuild: true,
  firewall: true,
  host: true,
  settings: true,
} satisfies Record<keyof Answers, true>;
const keys = Object.keys(order) as (keyof Answers)[];

/** `jitsi-stack.json` as the tool writes it: the order of keys is fixed, so that a diff shows only what changed. */
export function writeAnswers(answers: Answers): string {
  const ordered = Object.fromEntries(keys.map((key) => [key, answers[key]]));
  return `${JSON.stringify({ $schema: schemaUrl, ...ordered }, null, 2)}\n`;
}
