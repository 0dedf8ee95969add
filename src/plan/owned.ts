import { StackError } from '../errors.ts';

/** A record whose keys have one owner each: a second claim is a defect of two features, and names both. */
export class Owned<T> {
  readonly #entries = new Map<string, { value: T; owner: string }>();
  readonly #kind: string;

  /** @param kind what the keys are, as in “service” */
  constructor(kind: string) {
    this.#kind = kind;
  }

  /** @throws StackError when the key is taken */
  add(key: string, value: T, owner: string): void {
    const holder = this.#entries.get(key);
    if (holder) {
      throw new StackError({
        what: `The ${this.#kind} “${key}” is owned by blueprint ${holder.owner} and by blueprint ${owner}.`,
        fix: 'One of them has to give it up.',
      });
    }
    this.#entries.set(key, { value, owner });
  }

  get(key: string): T | undefined {
    return this.#entries.get(key)?.value;
  }

  ownerOf(key: string): string | undefined {
    return this.#entries.get(key)?.owner;
  }

  entries(): [key: string, value: T][] {
    return [...this.#entries].map(([key, { value }]) => [key, value]);
  }

  values(): T[] {
    return this.entries().map(([, value]) => value);
  }
}
