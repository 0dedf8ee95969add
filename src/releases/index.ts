/** The catalogue: what each docker-jitsi-meet release needs, reads and breaks, as data. */
export type { Advice } from './avoid.ts';
export {
  assumeRelease,
  findRelease,
  loadRelease,
  newestRelease,
  releaseDate,
  releaseTags,
} from './catalogue.ts';
export { knownChanges, refuseDowngrade } from './changes/any.ts';
export { changesBetween } from './changes/between.ts';
export type { Change, Move } from './changes/change.ts';
export { concerns, type Stake } from './changes/concern.ts';
export type { Mount, ReleaseFacts, ServiceFacts, VariableFacts } from './facts.ts';
export { type Capabilities, type Release, releaseFrom, type Service } from './release.ts';
export {
  checkSettings,
  environmentValue,
  isSecret,
  kindOf,
  readersOf,
  type SettingValue,
} from './settings.ts';
export { compareTags, isTag } from './tags.ts';
