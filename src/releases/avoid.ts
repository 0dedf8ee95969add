import { compareTags } from './tags.ts';

/** A defect of published images: what does not work, why, and what to do instead. */
export interface Advice {
  readonly feature:
    | 'acme-in-web'
    | 'internal-accounts'
    | 'nginx-custom'
    | 'p2p-stun-servers'
    | 'recording'
    | 'rootless';
  /** Settings that must be left alone because of it. */
  readonly names?: readonly string[];
  readonly why: string;
  readonly instead: string;
}

interface Defect extends Advice {
  readonly since: string;
  readonly fixed: string;
}

/** Found in the history of docker-jitsi-meet; the commit that repaired each is named. */
const defects: readonly Defect[] = [
  {
    feature: 'nginx-custom',
    since: 'stable-9823',
    fixed: 'stable-10008', // 2a329faf
    why: 'The web image does not read nginx-custom/*.conf: its log names the proxy for every visitor, and it leads to no program beside Jitsi.',
    instead: 'Use stable-10008 or newer where that matters.',
  },
  {
    feature: 'p2p-stun-servers',
    since: 'stable-9955',
    fixed: 'stable-10078-1', // 754c0b59
    names: ['P2P_STUN_SERVERS'],
    why: 'P2P_STUN_SERVERS writes a function into config.js that the Android app cannot parse.',
    instead: 'Leave P2P_STUN_SERVERS unset, or use stable-10078-1 or newer.',
  },
  {
    feature: 'internal-accounts',
    since: 'stable-10133',
    fixed: 'stable-10133-1', // 6668c1ba
    why: 'Prosody offers login mechanisms that internal accounts cannot answer, so nobody can log in.',
    instead: 'Use stable-10133-1 or newer.',
  },
  {
    feature: 'acme-in-web',
    since: 'stable-11146',
    fixed: 'stable-11146-2', // e6f754e6
    why: 'The web image answers the certificate challenge on a port that is not published.',
    instead: 'Use stable-11146-2 or newer, or get the certificate outside the web container.',
  },
  {
    feature: 'recording',
    since: 'stable-11146',
    fixed: 'stable-11146-1', // 72c92aeb
    why: 'Jibri does not start.',
    instead: 'Use stable-11146-1 or newer.',
  },
  {
    feature: 'rootless',
    since: 'stable-11146',
    fixed: 'stable-11146-2', // 65c08f7e
    why: 'Prosody keeps accounts where the next release does not look, and does not move them.',
    instead: 'Use stable-11146-2 or newer.',
  },
];

export function adviceFor(tag: string): Advice[] {
  return defects
    .filter(({ since, fixed }) => compareTags(since, tag) <= 0 && compareTags(tag, fixed) < 0)
    .map(({ since: _, fixed: __, ...advice }) => advice);
}
