export { type Condition, type Drift, readDrift } from './drift.ts';
export { explain } from './explain.ts';
export { type Keepsake, keep } from './keep.ts';
export { type Lock, type LockedFile, lockName, readLock, sameAsLock } from './lock.ts';
export { type Mention, mentions } from './mentions.ts';
export { commitOwn } from './own.ts';
export { sync } from './sync.ts';
export type {
  Change,
  ChangeKind,
  Choice,
  Generated,
  GeneratedFile,
  Overlap,
  SyncOptions,
  SyncReport,
} from './types.ts';
