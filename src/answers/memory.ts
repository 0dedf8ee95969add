const amount = /^(\d+(?:[.,]\d+)?)\s*(?:([mgt])(?:i?b)?)?$/i;

/**
 * MiB from what people and providers say: `2 GB`, `1.5 GiB`, `957 MB`; a bare number is MiB, as `free -m` prints it.
 * Whatever is not such a text comes back as it is.
 */
export function readMemory(value: unknown): unknown {
  const parts = typeof value === 'string' ? amount.exec(value.trim()) : null;
  if (!parts) return value;
  const [, number = '', unit = 'm'] = parts;
  const factor = { m: 1, g: 1024, t: 1024 ** 2 }[unit.toLowerCase()] ?? 1;
  return Math.round(Number(number.replace(',', '.')) * factor);
}

/** MiB as people say them: `957 MB`, `2 GB`, `7.8 GB`. */
export function memoryText(mib: number): string {
  return mib < 1024 ? `${mib} MB` : `${Math.round((mib / 1024) * 10) / 10} GB`;
}

/**
 * Below this many MiB, one container less counts for more than what it does better, and meetings need swap. What is sold
 * as 2 GB has 1950 or so: the system keeps a part.
 */
export const smallServer = 1800;

/** A number below this was meant in GB; how little is too little for a stack, its plan says. */
export const leastMemory = 64;
