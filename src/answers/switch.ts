/** A switch from what a flag, a prompt or a file may hold: `true`, `1` and `yes`, or `false`, `0` and `no`; all else comes back as it is. */
export function readSwitch(value: unknown): unknown {
  if (value === 'true' || value === '1' || value === 'yes') return true;
  if (value === 'false' || value === '0' || value === 'no') return false;
  return value;
}
