import type { Key } from 'node:readline';
import type { Readable } from 'node:stream';

/** Remembers the last key of a prompt: to the prompts, Esc and Ctrl-C are the same. */
export class LastKey {
  name: string | undefined;

  constructor(private readonly input: Readable) {}

  /** Waits for a prompt while listening, before it does, to what is pressed. */
  async during<T>(prompt: () => Promise<T>): Promise<T> {
    this.name = undefined;
    const listen = (_: string, key: Key | undefined) => {
      this.name = key?.name;
    };
    this.input.prependListener('keypress', listen);
    try {
      return await prompt();
    } finally {
      this.input.removeListener('keypress', listen);
    }
  }
}
