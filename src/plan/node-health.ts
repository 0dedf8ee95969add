import type { ServiceDeclaration } from './blueprint.ts';

/**
 * A health check for a program of Node that answers with a page, asked with the Node of its own image, however old: before 18 it
 * has no fetch.
 *
 * @param startPeriod how long it may take to start, as Compose has it: `60s`
 * @param path of the page that is there only while all is well
 */
export function nodeHealth(
  port: number,
  startPeriod: string,
  path = '/',
): NonNullable<ServiceDeclaration['healthcheck']> {
  const ask = `require('http').get('http://127.0.0.1:${port}${path}', ({ statusCode }) => process.exit(statusCode === 200 ? 0 : 1)).on('error', () => process.exit(1))`;
  return {
    test: ['CMD', 'node', '-e', ask],
    interval: '30s',
    timeout: '10s',
    retries: 4,
    startPeriod,
  };
}
