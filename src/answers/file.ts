import { type Answers, schemaUrl } from './answers.ts';

/** `jitsi-stack.json` as the tool writes it: the order of keys is fixed, so that a diff shows only what changed. */
export function writeAnswers(answers: Answers): string {
  const {
    version,
    release,
    domain,
    network,
    edge,
    certificates,
    turn,
    auth,
    firewall,
    host,
    settings,
  } = answers;
  const ordered = {
    $schema: schemaUrl,
    version,
    release,
    domain,
    network,
    edge,
    certificates,
    turn,
    auth,
    firewall,
    host,
    settings,
  };
  return `${JSON.stringify(ordered, null, 2)}\n`;
}
