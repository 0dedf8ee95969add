import {
  compareTags,
  isTag,
  loadRelease,
  newestRelease,
  releaseTags,
} from '../../releases/index.ts';
import type { Stated } from '../evidence.ts';
import { shown } from '../evidence.ts';
import type { Findings } from '../findings.ts';
import type { Installation } from '../installation.ts';
import { jitsiRoles } from '../read/roles.ts';

/** What the old installation runs, and what the stack is made for. */
export interface ReleaseChoice {
  /** As its images are tagged; undefined where no image says it. */
  readonly found?: string;
  readonly taken: string;
  /** Why not the same, in a sentence. */
  readonly why?: string;
  readonly newest: string;
}

/** The release of the installation where it can be generated; else the nearest safe one. */
export async function inferRelease(
  installation: Installation,
  findings: Findings,
  wanted?: string,
): Promise<ReleaseChoice> {
  const images = taggedImages(installation);
  const [first] = images;
  const tags = new Set(images.map(({ value }) => value));
  if (tags.size > 1) {
    findings.notes.push(
      `The images are of different releases (${[...tags].join(', ')}); ${first?.value} is taken, which web has.`,
    );
  }
  findings.use('release', 'JITSI_IMAGE_VERSION');
  const choice =
    wanted === undefined
      ? await choose(first?.value)
      : {
          ...(first && { found: first.value }),
          taken: wanted,
          newest: newestRelease,
          why: 'you asked for it',
        };
  findings.answer(
    'release',
    choice.taken,
    choice.why ?? `its images are tagged ${choice.found}`,
    ...(first ? [first.evidence] : []),
  );
  return choice;
}

async function choose(found: string | undefined): Promise<ReleaseChoice> {
  const newest = newestRelease;
  if (found === undefined) {
    return { taken: newest, newest, why: 'no image names a release, so the newest is taken' };
  }
  if (!isTag(found)) {
    const why = `“${shown('', found)}” names no release and may be any, so the newest is taken`;
    return { found, taken: newest, newest, why };
  }
  const [oldest = newest] = releaseTags();
  if (compareTags(found, oldest) < 0) {
    const why = `${found} is older than ${oldest}, the first that is known, so the newest is taken`;
    return { found, taken: newest, newest, why };
  }
  if (compareTags(found, newest) > 0) return { found, taken: found, newest };
  const taken = await firstSound(found);
  if (taken === found) return { found, taken, newest };
  const why = releaseTags().includes(found)
    ? `${found} has defects that would break a stack; ${taken} is the first release after it without them`
    : `${found} is not known; ${taken} is the next one that is`;
  return { found, taken, newest, why };
}

/** The first release from a tag on that a stack can be made for. */
async function firstSound(tag: string): Promise<string> {
  for (const candidate of releaseTags()) {
    if (compareTags(candidate, tag) < 0) continue;
    const { avoid } = await loadRelease(candidate);
    const broken = avoid.some(({ feature }) => ['rootless', 'internal-accounts'].includes(feature));
    if (!broken) return candidate;
  }
  return newestRelease;
}

/** Tags of the Jitsi images, web's first. */
function taggedImages({ services, env, kind }: Installation): Stated[] {
  const tags = jitsiRoles.flatMap((role): Stated[] => {
    const image = services.get(role)?.image;
    const tag = image && /:([^:/@]+)(?:@.*)?$/.exec(image.value)?.[1];
    if (image === undefined) return [];
    return [{ value: tag ?? 'latest', evidence: image.evidence }];
  });
  const named = env.get('JITSI_IMAGE_VERSION');
  return tags.length === 0 && kind === 'upstream' && named ? [named] : tags;
}
