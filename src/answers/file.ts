import { type Answers, schemaUrl } from './answers.ts';

/** The order in which the file's reader meets the answers. */
const order: readonly (keyof Answers)[] = [
  'version',
  'release',
  'domain',
  'network',
  'edge',
  'certificates',
  'turn',
  'auth',
  'firewall',
  'host',
  'settings',
];

/** `jitsi-stack.json` as the tool writes it: the order of keys is fixed, so that a diff shows only what changed. */
export function writeAnswers(answers: Answers): string {
  const ordered = Object.fromEntries(order.map((key) => [key, answers[key]]));
  return `${JSON.stringify({ $schema: schemaUrl, ...ordered }, null, 2)}\n`;
}
