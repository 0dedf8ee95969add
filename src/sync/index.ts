export { commitNewFile, type NewFile } from './committed/commit-new-file.ts';
export { commitOwnerFiles } from './committed/commit-owner-files.ts';
export { type Condition, type Drift, readDrift } from './lock/drift.ts';
export { type Lock, type LockedFile, lockName, readLock, sameAsLock } from './lock/lock.ts';
export { type Mention, mentions } from './mentions.ts';
export { ownFiles } from './own-files.ts';
export { explainFailure } from './safety/explain-failure.ts';
export { temporaryDirectory } from './safety/temporary.ts';
export { sync } from './sync.ts';
export type {
  ChangeKind,
  Decision,
  FileChange,
  Generated,
  GeneratedFile,
  Overlap,
  SyncOptions,
  SyncReport,
} from './types.ts';
