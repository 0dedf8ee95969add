/** One file as the generator wants it. */
export interface GeneratedFile {
  /** Relative to the stack, with forward slashes. */
  readonly path: string;
  readonly text: string;
  /** What is written where the owner has remarks of their own in this file; the lock holds `text`. @default text */
  readonly remarked?: string;
  readonly executable: boolean;
  /** `managed` files are kept up to date; a `seeded` file is the owner's from the first edit on. */
  readonly kind: 'managed' | 'seeded';
}

/** Who generates, and from what. */
export interface Origin {
  /** Version of this tool. */
  readonly tool: string;
  /** Jitsi release that the files are made for. */
  readonly release: string;
  /** Digest of all that the files follow from; absent where a checkout of the tool generates them. */
  readonly source?: string;
}

/** Everything that one run generates. */
export interface Generated extends Origin {
  readonly files: readonly GeneratedFile[];
}

/** The same before anything is rendered: where its source is the lock's, nobody asks for the files. */
export interface Generation extends Origin {
  readonly generate: () => Promise<Generated>;
}

/** Lines that both the owner and the new version changed. */
export interface Overlap {
  readonly path: string;
  /** First line of the overlap in the owner's file, counted from 1. */
  readonly line: number;
  /** How many of the owner's lines it covers; 0 when the owner removed them. */
  readonly lines: number;
  /** What was generated last time; undefined when this file was never generated before. */
  readonly base: string | undefined;
  readonly mine: string;
  readonly new: string;
}

/** The answer to one overlap; `text` is what the owner wrote instead of either side. */
export type Decision = 'mine' | 'new' | 'cancel' | { readonly text: string };

export interface SyncOptions {
  /** Report what would happen and touch nothing. */
  readonly dryRun?: boolean;
  /** `false` writes plain files. @default git when it is installed and the stack is, or can be, in a repository */
  readonly git?: boolean;
  /** Asked once for each overlap that `mine` and `new` leave open. */
  readonly decide?: (overlap: Overlap) => Promise<Decision>;
  /** Files or directories (`.` for all) whose overlaps keep the owner's lines. */
  readonly mine?: readonly string[];
  /** Files or directories (`.` for all) whose overlaps take the generated lines. */
  readonly new?: readonly string[];
  /** Put what is still open into the working tree as git's own conflict (without git: into `FILE.new`). */
  readonly markers?: boolean;
  /** Commit the owner's uncommitted edits of generated files first. A function is asked with their paths. */
  readonly commitDirty?: boolean | ((paths: readonly string[]) => Promise<boolean>);
  /** Generated files that this run was computed from (the answers): what the owner wrote there is already in `generated`, so it never overlaps. */
  readonly inputs?: readonly string[];
  /**
   * Files of the owner's that this run was computed from, as they were read. They are put in place with the first
   * generation and are never touched again; without them committed, another machine would generate something else.
   */
  readonly sources?: readonly { readonly path: string; readonly text: string }[];
  /** What must be neither tracked nor unignored; a trailing slash means a directory. */
  readonly secretPaths?: readonly string[];
  readonly message?: string;
  /** Why there is an update, for the body of its commit. */
  readonly reason?: string;
}

export type ChangeKind =
  | 'added'
  | 'changed'
  | 'merged'
  | 'removed'
  | 'kept'
  | 'stays-deleted'
  | 'written-beside';

export interface FileChange {
  readonly path: string;
  readonly change: ChangeKind;
  readonly note?: string;
}

export interface SyncReport {
  /** `overlap`: somebody has to decide, and no live file was changed unless `markers` asked for it. */
  readonly outcome: 'created' | 'updated' | 'unchanged' | 'overlap' | 'preview';
  readonly changes: readonly FileChange[];
  readonly overlaps: readonly Overlap[];
  /** Sentences for the owner that belong to no single file. */
  readonly notes: readonly string[];
  readonly commit?: string;
  /** Unified diff of a dry run. */
  readonly diff?: string;
}
