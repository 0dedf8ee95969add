/** The catalogue: what each docker-jitsi-meet release needs, reads and breaks, as data. */
export type { Advice } from './avoid.ts';
export { type CarriedSettings, carrySettings } from './carry-settings.ts';
export {
  type Catalogue,
  findRelease,
  formerRelease,
  loadRelease,
  newestRelease,
  releaseTags,
} from './catalogue.ts';
export { changesBetween } from './changes/between.ts';
export type { Change, Move, Own } from './changes/change.ts';
export { concerns, type StackProfile } from './changes/concern.ts';
export { type KnownChanges, knownChanges, refuseDowngrade } from './changes/known.ts';
export type { ReleaseFacts } from './facts.ts';
export { heardAfter } from './heard.ts';
export { idleSetting } from './idle.ts';
export {
  isSwitchedOn,
  type KnownSetting,
  knownSettings,
  possibleValue,
  settingsSchema,
} from './known-settings.ts';
export { type List, listOf, partsOf } from './lists.ts';
export { openCatalogue, outgrown } from './local/catalogue.ts';
export { formatLocal, localPath, parseLocal } from './local/file.ts';
export { type NewerRelease, newerRelease } from './newer.ts';
export type { NotKnownYet, Release } from './release.ts';
export {
  checkSettings,
  environmentValue,
  fromEnv,
  kindOf,
  knowsName,
  readersOf,
  type SettingValue,
} from './settings.ts';
export { compareTags, isTag } from './tags.ts';
