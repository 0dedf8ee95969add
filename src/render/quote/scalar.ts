import { domainToUnicode } from 'node:url';

/** Writes one complete scalar in a language, or throws {@link Unquotable} when the language cannot say it. */
export type Quote = (value: string) => string;

/** Text that is already quoted for the place where it stands; templates get it from `code()` and `sh()`. */
export class Quoted {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** A value that the format has no way to say. */
export class Unquotable extends Error {
  readonly value: string;
  constructor(value: string, reason: string) {
    super(reason);
    this.name = 'Unquotable';
    this.value = value;
  }
}

/** Refuses control characters, line breaks among them. */
export function withoutControls(value: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused.
  if (/[\u0000-\u001f\u007f]/.test(value)) {
    throw new Unquotable(value, 'it holds a line break or control character');
  }
  return value;
}

/** A quoting for languages without quotes: only characters that mean nothing there pass. */
export function bareOnly(safe: RegExp, language: string): Quote {
  return (value) => {
    if (safe.test(value)) return value;
    throw new Unquotable(value, `${language} has no way to quote it`);
  };
}

/** `xn--` names as their readers know them. */
export function readable(hostname: string): string {
  return domainToUnicode(hostname) || hostname;
}
