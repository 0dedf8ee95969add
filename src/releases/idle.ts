import type { Problem } from '../errors.ts';
import type { Release } from './release.ts';
import { readersOf } from './settings.ts';
import { compareTags } from './tags.ts';

/** Switches that are nothing without a service of their own, whoever else reads them. */
const needs: Readonly<Record<string, string>> = {
  ENABLE_LIVESTREAMING: 'jibri',
  ENABLE_RECORDING: 'jibri',
  ENABLE_SERVICE_RECORDING: 'jibri',
  ENABLE_TRANSCRIPTIONS: 'transcription',
  JIGASI_SIP_URI: 'jigasi',
};

/** What only a web container reads that does TLS itself; in a stack the edge does. */
const ofTls = /^(?:ENABLE_HSTS|LETSENCRYPT_\w+)$/;

/** The image writes them where the page does not look (jitsi/docker-jitsi-meet#2313), until this release (#2319). */
const bitrates = { names: /^VIDEOQUALITY_BITRATE_/, obeyedFrom: 'stable-11248' };

/**
 * Why a setting would do nothing in a stack of these services; undefined where something reads it.
 *
 * @param services names of all services of the stack
 */
export function idleSetting(
  release: Release,
  services: ReadonlySet<string>,
  name: string,
): Problem | undefined {
  const readers = readersOf(release, name);
  if (readers.length === 0) return undefined;
  const answer = `settings.${name}`;
  const fix = 'Remove it.';
  if (ofTls.test(name))
    return {
      answer,
      what: `Nothing in this stack reads ${name}: TLS is the edge’s job, and its certificate follows from the answers under certificates.`,
      fix,
    };
  if (bitrates.names.test(name) && compareTags(release.tag, bitrates.obeyedFrom) < 0)
    return {
      answer,
      what: `${name} has no effect before ${bitrates.obeyedFrom}: the image writes it where the page does not look.`,
      fix: 'Remove it, and set maxBitratesVideo under config.videoQuality in jitsi/web/custom-config.js.',
    };
  const needed = Object.hasOwn(needs, name) ? [needs[name] ?? ''] : readers;
  if (needed.some((service) => services.has(service))) return undefined;
  const one = needed.length === 1 ? 'the service' : 'one of the services';
  return {
    answer,
    what: `Nothing in this stack reads ${name}: it needs ${one} ${needed.join(', ')}, which this stack does not have.`,
    fix,
  };
}
