import type { Findings } from '../findings.ts';
import { switched, type Variables } from '../variables.ts';

/** Who says for Matrix who people are, and whether power levels count. Guests from outside Matrix there are none. */
export function inferMatrix({ at, get }: Variables, findings: Findings): void {
  const stated = (name: string) => at('prosody', name) ?? get(name);
  const url = stated('MATRIX_UVS_URL');
  const levels = stated('MATRIX_UVS_SYNC_POWER_LEVELS');
  const issuer = stated('MATRIX_UVS_ISSUER');
  if (url)
    findings.answer(
      'auth.serviceUrl',
      url.value.replace(/\/+$/, ''),
      'MATRIX_UVS_URL',
      url.evidence,
    );
  const moderators = switched(levels) === 'on' ? 'power-level' : 'signed-in';
  const why = `MATRIX_UVS_SYNC_POWER_LEVELS is ${levels ? levels.value : 'not set'}`;
  findings.answer('auth.moderators', moderators, why, ...(levels ? [levels.evidence] : []));
  if (issuer && issuer.value !== 'issuer')
    findings.noPlace(
      'MATRIX_UVS_ISSUER',
      issuer,
      'A stack takes the issuer that Element names, which needs no other.',
    );
}
