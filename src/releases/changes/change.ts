/**
 * Something of an owner's own that a change may make wrong: a compose override, a proxy, server blocks beside the stack's,
 * prosody's configuration and modules, scripts that call into containers, images.
 */
export type Own = 'override' | 'proxy' | 'sites' | 'prosody' | 'scripts' | 'images';

/** One thing that is different after an upgrade, in the words of the operator. */
export interface Change {
  /** The release that brought it. */
  readonly since: string;
  readonly topic: 'accounts' | 'behaviour' | 'data' | 'images' | 'network' | 'settings';
  /** Services that it concerns; a stack without them can ignore it. */
  readonly services: readonly string[];
  /** Variables that it concerns; for topic `settings` it only matters to those who set one of them. */
  readonly names: readonly string[];
  /** It only matters where none of `names` is set: a default is another one. */
  readonly unset?: true;
  readonly what: string;
  /** What the operator has to do, when the files of the stack cannot do it. */
  readonly todo?: string;
  /** What `todo` is about: a stack with none of it has nothing to do. */
  readonly own?: readonly Own[];
  /** User that has to own what the containers write, from now on. */
  readonly owner?: number;
  /** Files that change their place, as the containers see them. */
  readonly move?: Move;
}

export interface Move {
  readonly service: string;
  /** Directory in the container of the old release. */
  readonly from: string;
  /** Directory in the container of the new release. */
  readonly to: string;
  /** The new image copies by itself when it finds the old directory and an empty new one. */
  readonly byImage: boolean;
}
