import { fromEnv, knowsName, type Release, type SettingValue } from '../releases/index.ts';
import { isSensitiveName } from '../sensitive.ts';
import { placeOf } from './evidence.ts';
import type { Findings } from './findings.ts';
import { transcribers } from './infer/transcription.ts';
import type { Installation } from './installation.ts';
import { filesOf } from './read/file-names.ts';
import type { Variables } from './variables.ts';

/**
 * Every secret of Jitsi's that has a value. One that stands in a file of the repository is named: its history keeps it.
 * Those of other programs stay where they are.
 */
export function secretsOf(
  { compose, services }: Installation,
  variables: Variables,
  settings: Readonly<Record<string, SettingValue>>,
  release: Release,
  findings: Findings,
): ReadonlyMap<string, string> {
  const secrets = new Map<string, string>();
  const open: string[] = [];
  for (const [name, stated] of variables.all) {
    if (!isSensitiveName(name) && settings[name] !== fromEnv) continue;
    if (!knowsName(release, name) && !(services.has('transcription') && name in transcribers)) {
      const what =
        'Nothing in Jitsi reads it, so it stays where it is. If a plugin of yours does, put it into the stack’s .env and hand it on in compose.override.yaml.';
      findings.noPlace(name, { ...stated, value: '' }, what);
      continue;
    }
    secrets.set(name, stated.value);
    if (filesOf(compose).includes(stated.evidence.file)) open.push(placeOf(stated.evidence));
  }
  if (open.length > 0) {
    findings.notes.push(
      `Secrets can be read by everybody who has the compose file (${open.join('; ')}). They keep their values; ./stack rotate makes new ones once the stack runs.`,
    );
  }
  return secrets;
}
