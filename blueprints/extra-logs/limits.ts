/** What Loki is told, so that its files stay within a size: it deletes by age only, so what may come in is limited. */
export interface Limits {
  readonly hours: number;
  /** In units of 2^20 bytes, as Loki counts: a second on average, and at once. */
  readonly rate: number;
  readonly burst: number;
}

const mebibyte = 2 ** 20;

/**
 * Even if nothing could be compressed, days times a day's share is the size. A line outlives its days by up to one, until
 * the compactor has marked and, two hours later, deleted its chunk; another day's share may come at once.
 *
 * @param gigabytes in units of 10^9 bytes
 */
export function limitsFor(days: number, gigabytes: number): Limits {
  const share = (gigabytes * 1e9) / (days + 2) / mebibyte;
  return { hours: days * 24, rate: rounded(share / 86400), burst: rounded(share) };
}

/** Down to four digits that count, never in the notation with an exponent. */
function rounded(value: number): number {
  const digits = 10 ** (3 - Math.floor(Math.log10(value)));
  return Math.floor(value * digits) / digits;
}
