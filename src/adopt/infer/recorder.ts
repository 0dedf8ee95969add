import type { Release } from '../../releases/index.ts';
import type { Findings } from '../findings.ts';
import type { Installation } from '../installation.ts';
import { switched, type Variables } from '../variables.ts';

/** What decides there whether the recorder records, streams or both. */
const switches = ['ENABLE_RECORDING', 'ENABLE_SERVICE_RECORDING', 'ENABLE_LIVESTREAMING'] as const;

/** The extras in which a stack has what the old installation's Jibri does. */
export function recorderExtras(
  { services }: Installation,
  variables: Variables,
  { tag, capabilities }: Pick<Release, 'tag' | 'capabilities'>,
  findings: Findings,
): readonly string[] {
  const jibri = services.get('jibri');
  if (!jibri) return [];
  if (!capabilities.rootless) {
    findings.noPlaceForService(
      jibri,
      `A stack records from stable-11146-1 on, and this one is ${tag}: in older releases the recorder is root with SYS_ADMIN. Upgrade, then add recording to the extras.`,
    );
    return [];
  }
  findings.use('extras', ...switches);
  const streams = switched(variables.get('ENABLE_LIVESTREAMING')) === 'on';
  const files = variables.get('ENABLE_SERVICE_RECORDING');
  // Left out, it is on.
  const alone = streams && files !== undefined && switched(files) === 'off';
  return [...(alone ? [] : ['recording']), ...(streams ? ['livestreaming'] : [])];
}
