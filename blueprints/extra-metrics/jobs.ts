import { centralBridge, type Measured } from '../../src/blueprint.ts';

/** Where the numbers of one program are asked for: `/metrics/jvb`, and `/metrics/b1/jvb` for a further machine. */
export function pathOf({ job, machine }: Pick<Measured, 'job' | 'machine'>): string {
  return machine === undefined || machine === centralBridge
    ? `/metrics/${job}`
    : `/metrics/${machine}/${job}`;
}

/** One job for each kind of program; the others of it are told apart by their machine. */
export function jobsIn(all: readonly Measured[]) {
  return [...new Set(all.map(({ job }) => job))].map((job) => {
    const [first, ...further] = all.filter((one) => one.job === job);
    return {
      job,
      path: first ? pathOf(first) : '',
      machine: first?.machine ?? false,
      further: further.map((one) => ({ machine: one.machine ?? '', path: pathOf(one) })),
    };
  });
}
