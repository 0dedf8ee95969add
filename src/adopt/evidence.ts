import { isSensitive } from '../sensitive.ts';

/** Where in the old installation something stands, for its owner to look it up. */
export interface Evidence {
  /** Relative to the installation where it is in it, absolute elsewhere. */
  readonly file: string;
  /** Counted from 1; absent where a whole file or its absence says it. */
  readonly line?: number;
  /** The name as it stands there: a variable, or a place such as `services.web.ports`. */
  readonly key?: string;
}

/** A text that was found somewhere. */
export interface Stated {
  readonly value: string;
  readonly evidence: Evidence;
}

/** A value for people: secrets and the passwords in addresses are left out, long texts are cut. */
export function shown(name: string, value: string): string {
  if (isSensitive(name, value)) return '(not shown)';
  const open = value.replaceAll('\n', ' ');
  return open.length > 60 ? `${open.slice(0, 59)}…` : open;
}

/** `.env, line 12: PUBLIC_URL` */
export function placeOf({ file, line, key }: Evidence): string {
  const place = line === undefined ? file : `${file}, line ${line}`;
  return key === undefined ? place : `${place}: ${key}`;
}
