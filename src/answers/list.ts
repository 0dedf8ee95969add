/** A list from what a flag or a prompt may hold, with commas or blanks between its entries; all else comes back as it is. */
export function readList(value: unknown): unknown {
  return typeof value === 'string' ? value.split(/[\s,]+/).filter((part) => part !== '') : value;
}
