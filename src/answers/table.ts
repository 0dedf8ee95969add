import { hostFields, machineFields, networkFields, siteFields } from './basics.ts';
import type { Fields, Option, OptionGroup } from './field.ts';

/** Whom a part of the answers concerns. */
interface Standing {
  /** It is about a server of one's own: where Jitsi runs in a cluster, its answers keep their defaults and nothing is asked. */
  readonly server?: true;
}

/** A part of the answers that every stack has, whatever features it is made of. */
export interface FixedRow extends Standing {
  readonly title: string;
  readonly asked: number;
  readonly fields: Fields;
  /** Its answers stand at the top of the file, not in an object of their own. */
  readonly top?: true;
}

/** A part of the answers that chooses features. */
interface PickRow extends Standing {
  readonly title: string;
  readonly asked: number;
  readonly question: string;
  readonly about: string;
  /** Only those are asked who change an answer after they saw the plan. */
  readonly advanced?: true;
}

/** One feature of several. Its own answers stand beside the choice. */
export interface PickOneRow extends PickRow {
  readonly pick: 'one';
  /** The answer that names the feature. */
  readonly key: string;
}

/**
 * One feature, or none of them, by its name at the top of the file; nothing is said where it is none. Its own answers stand in an
 * object that is called like it.
 */
export interface PickAtMostOneRow extends PickRow {
  readonly pick: 'at most one';
  /** What none of them stands for. */
  readonly otherwise: Option;
}

/** Any number of features, in a list. The own answers of each stand in an object that is called like its entry. */
export interface PickSomeRow extends PickRow {
  readonly pick: 'some';
  /** The host may suggest entries. */
  readonly detected?: true;
  /** What the wizard shows as one entry until it is chosen: an offer names its group. */
  readonly groups?: readonly OptionGroup[];
  /** What is chosen holds for every machine of the stack; otherwise for the central one. */
  readonly everywhere?: true;
}

export type Row = FixedRow | PickOneRow | PickAtMostOneRow | PickSomeRow;
export type AnswerTable = Readonly<Record<string, Row>>;

/**
 * Every part of `jitsi-stack.json` between `release` and `settings`, in the order of the file; `asked` is the order of
 * the questions. Types, validation, JSON Schema, flags, questions and the selection of features follow from it: to let
 * people choose a new kind of feature, add its row here.
 */
export const answerTable = {
  site: { title: 'Meeting site', asked: 10, top: true, fields: siteFields },
  runs: {
    pick: 'at most one',
    title: 'Platform',
    asked: 15,
    question: 'What should Jitsi run on?',
    about: 'what Jitsi runs on; a server with Docker Compose, where nothing is said',
    otherwise: { value: 'compose', label: 'One server, with Docker Compose' },
    // Whoever has a cluster says so.
    advanced: true,
  },
  network: { title: 'Network', asked: 20, server: true, fields: networkFields },
  edge: {
    pick: 'one',
    server: true,
    key: 'proxy',
    title: 'Edge',
    asked: 30,
    question: 'What should listen on ports 80 and 443?',
    about: 'what listens on ports 80 and 443',
    // NGINX suits most, and the shortest path has few questions; the wizard asks where something else may be better.
    advanced: true,
  },
  certificates: {
    pick: 'one',
    key: 'source',
    title: 'Certificates',
    asked: 50,
    question: 'Where will the HTTPS certificate come from?',
    about: 'where the certificate comes from',
  },
  turn: {
    pick: 'one',
    key: 'mode',
    title: 'TURN',
    asked: 40,
    question: 'Who relays audio and video for people behind strict firewalls?',
    about: 'who relays media for people behind strict firewalls',
    // One relay suits nearly everybody. Whether it shares port 443 is asked instead: that is what people know.
    advanced: true,
  },
  auth: {
    pick: 'one',
    key: 'mode',
    title: 'Authentication',
    asked: 60,
    question: 'Who may open a room?',
    about: 'who may open a room',
  },
  rebuild: {
    pick: 'one',
    server: true,
    key: 'by',
    title: 'Images',
    asked: 70,
    question: 'Should the images be rebuilt every day with security updates?',
    about: 'who rebuilds the images every day',
    // It needs something to build them: a forge that runs CI, or a server with room to spare.
    advanced: true,
  },
  backup: {
    pick: 'one',
    server: true,
    key: 'to',
    title: 'Backups',
    asked: 72,
    question: 'Should backups be copied to another place every night?',
    about: 'where copies of the backups go',
    // It needs another machine that is set up for it, which few have on the first day.
    advanced: true,
  },
  alerts: {
    pick: 'one',
    server: true,
    key: 'by',
    title: 'Alerts',
    asked: 73,
    question: 'Should the server tell you when something is wrong?',
    about: 'how you hear of it when something is wrong',
    // It needs an address that takes messages.
    advanced: true,
  },
  branding: {
    pick: 'one',
    key: 'look',
    title: 'Branding',
    asked: 74,
    question: 'Should the page have your name, logo and colours?',
    about: 'whose name, logo and colours the page has',
    // It can wait until meetings work.
    advanced: true,
  },
  extras: {
    pick: 'some',
    title: 'Extras',
    asked: 75,
    question: 'What else should meetings have? (none is fine)',
    about: 'what meetings have besides, separated by commas; empty for nothing',
    // A first meeting needs none of it, and the shortest path has few questions.
    advanced: true,
  },
  firewall: {
    pick: 'some',
    server: true,
    title: 'Firewall',
    asked: 80,
    question: 'Which firewalls are on the way to the server? (none is fine)',
    about: 'firewalls to write rules for, separated by commas; empty for none',
    groups: [
      { value: 'router', label: 'My router', question: 'Which router is it?' },
      { value: 'provider', label: 'My provider’s firewall', question: 'Whose server is it?' },
    ],
    detected: true,
    everywhere: true,
  },
  machines: { title: 'Machines', asked: 78, top: true, server: true, fields: machineFields },
  // Whose memory, addresses and firewalls are looked at hangs on it.
  host: { title: 'Server', asked: 5, server: true, fields: hostFields },
} as const satisfies AnswerTable;

type Table = typeof answerTable;

/** The parts in which features are chosen. */
export type OfferSection = {
  [Id in keyof Table]: Table[Id] extends { readonly pick: string } ? Id : never;
}[keyof Table];
