import { spawnSync } from 'node:child_process';

const path = `${process.env['PATH']}:/usr/sbin:/sbin`;
process.env['PATH'] = path;

/**
 * Says whether real rules can be loaded here: as root, with these programs.
 *
 * @throws Error on CI, where leaving a test out is a failure
 */
export function canRun(...programs: readonly string[]): boolean {
  const missing = programs.filter((program) => spawnSync('which', [program]).status !== 0);
  const reasons = [
    ...(process.getuid?.() === 0 ? [] : ['not root']),
    ...(missing.length > 0 ? [`not installed: ${missing.join(', ')}`] : []),
  ];
  if (reasons.length === 0) return true;
  const message = `SKIPPED: firewall rules were not loaded for real (${reasons.join('; ')}).`;
  if (process.env['CI'] === 'true') throw new Error(message);
  console.warn(`\n${message}`);
  return false;
}
