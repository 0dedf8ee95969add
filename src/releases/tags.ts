/** `stable-10073-1` as numbers to sort by: git's and the alphabet's order would put 9823 last. */
export function tagOrder(tag: string): readonly [number: number, suffix: number] {
  const [, number = '0', suffix = '0'] = /^stable-(\d+)(?:-(\d+))?$/.exec(tag) ?? [];
  return [Number(number), Number(suffix)];
}

/** Negative when `a` is the older release. */
export function compareTags(a: string, b: string): number {
  const [left, right] = [tagOrder(a), tagOrder(b)];
  return left[0] - right[0] || left[1] - right[1];
}

/** Whether a text has the form of a release's tag; `latest` and `unstable` are moving targets and have not. */
export function isTag(text: string): boolean {
  return /^stable-[1-9]\d{0,8}(?:-[1-9]\d{0,3})?$/.test(text);
}
