/** Everything that a feature's folder may use. */
import type { Fields } from './answers/field.ts';
import type { Blueprint, Offer } from './plan/blueprint.ts';

/** What is not chosen is not asked about, and what is chosen needs no other reason to be there. */
type Chosen = { readonly offer: Offer; readonly applies?: never };
type Included = { readonly offer?: never; readonly fields?: never };

/** Declares a feature. The types of `own` follow from `fields`. */
export function defineBlueprint<const F extends Fields = Record<never, never>>(
  blueprint: Blueprint<F> & (Chosen | Included),
): Blueprint<F> {
  return blueprint;
}

export { domainIn } from './access/domains.ts';
export type { FixedAddress } from './addresses.ts';
export {
  addressesOf,
  changingName,
  isIPv4,
  isIPv6,
  localRanges,
  socketAddress,
} from './addresses.ts';
export type { Answers } from './answers/answers.ts';
export type { Fields, Known, ValuesOf } from './answers/field.ts';
export { isInCluster, wayToServer } from './answers/whose.ts';
export type { Problem } from './errors.ts';
export {
  accessContribution,
  accessProblems,
  believedTokens,
  guestsField,
  moderatorsField,
  type SigningIn,
} from './plan/access.ts';
export { alertsTo } from './plan/alerts-to.ts';
export type * from './plan/blueprint.ts';
export { channelIsWebSocket } from './plan/bridge-channel.ts';
export type { Cases } from './plan/cases.ts';
export { copiesFields, copiesProblems } from './plan/copies.ts';
export { definitionOf } from './plan/definition.ts';
export { fixedAddress } from './plan/fixed-address.ts';
export { hostFirewall } from './plan/host-firewall.ts';
export { hostPath, mountOf, sourceOf } from './plan/host-path.ts';
export { openRouter, routerFirewall } from './plan/in-front.ts';
export { type JitsiContainer, jitsiContainer } from './plan/jitsi-container.ts';
export { machineView } from './plan/machine-view.ts';
export {
  centralBridge,
  furtherBridges,
  furtherRecorders,
  type Machine,
  machineRoles,
  machinesOf,
  mostDrawn,
  wayToProsody,
} from './plan/machines.ts';
export { isMeasured, type Measured, measuredIn, numbersPort } from './plan/measured.ts';
export { nodeHealth } from './plan/node-health.ts';
export { numbersDoor } from './plan/numbers-door.ts';
export { openFiles, perSource } from './plan/per-source.ts';
export type {
  AccountStore,
  Build,
  Decisions,
  Endpoint,
  Environment,
  Image,
  Link,
  Listen,
  Mount,
  Outside,
  Route,
  Service,
  Step,
  Trouble,
} from './plan/plan.ts';
export {
  audienceOf,
  audiences,
  listeningAddresses,
  portName,
  portRange,
  portsOf,
  sourcedRows,
} from './plan/ports.ts';
export { openProvider, providerFirewall } from './plan/provider-firewall.ts';
export { pinFields, rebuildFields, rebuilding, registryFields } from './plan/rebuilding.ts';
export {
  recorderContainer,
  recorderLabels,
  recorderMemory,
  recordingEnvironment,
  recordingsDirectory,
  recordingsIn,
} from './plan/recorder.ts';
export {
  daysOfRecordings,
  recordersOf,
  recordingsView,
  streamAddress,
} from './plan/recordings.ts';
export { series } from './plan/view.ts';
export type { Release } from './releases/index.ts';
export { sha256 } from './sha256.ts';
