import { spawnSync } from 'node:child_process';

type Test = (name: string, run: () => void | Promise<void>) => void;

process.env.PATH = `${process.env.PATH}:/usr/sbin:/sbin`;

/**
 * Tests that load real rules: as they are for root where the programs exist, skipped loudly elsewhere.
 *
 * @throws Error on CI, where leaving a test out is a failure
 */
export function where(test: Test & { skip: Test }, ...programs: readonly string[]): Test {
  const missing = programs.filter((program) => spawnSync('which', [program]).status !== 0);
  const reasons = [
    ...(process.getuid?.() === 0 ? [] : ['not root']),
    ...(missing.length > 0 ? [`not installed: ${missing.join(', ')}`] : []),
  ];
  if (reasons.length === 0) return test;
  const reason = reasons.join('; ');
  if (process.env.CI === 'true')
    throw new Error(`Firewall rules cannot be loaded here: ${reason}.`);
  console.error(`SKIPPED, firewall rules are not loaded: ${reason}`);
  return test.skip;
}
