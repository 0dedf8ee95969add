import type { Measured } from '../../src/blueprint.ts';

/** One job of Prometheus for each kind of program. */
export function jobsOf(all: readonly Measured[]) {
  return [...new Set(all.map(({ job }) => job))].map((job) => ({
    job,
    targets: all
      .filter((one) => one.job === job)
      .map(({ address, path, machine }) => ({
        ...placeOf(address),
        machine: machine ?? false,
        // Prometheus asks for /metrics by itself.
        path: path === '/metrics' ? false : path,
      })),
  }));
}

/** An address with its port: brackets belong to the file, not to a value in it. */
function placeOf(address: string) {
  const [, six, host = ''] = /^(?:\[(.*)\]|(.*)):\d+$/.exec(address) ?? [];
  return { six: six ?? false, host, port: address.slice(address.lastIndexOf(':') + 1) };
}
