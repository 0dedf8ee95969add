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
