import type { Release } from '../releases/index.ts';
import type { PlannedRelease } from './plan.ts';

/** What a plan keeps of its release. */
export function releaseFacts(release: Release): PlannedRelease {
  const { tag, assumedFrom, readFrom, date, registry, capabilities, notKnownYet } = release;
  return {
    tag,
    ...(assumedFrom !== undefined && { assumedFrom }),
    ...(readFrom !== undefined && { readFrom }),
    ...(notKnownYet && { notKnownYet }),
    date,
    registry,
    rootless: capabilities.rootless,
    prosodyConfig: capabilities.prosodyConfig,
    prosodyShell: capabilities.prosodyShell,
    prosodyData: capabilities.prosodyData.path,
  };
}
