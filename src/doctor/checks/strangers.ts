import { randomBytes } from 'node:crypto';
import type { Plan } from '../../plan/plan.ts';
import { openSession, type Post, type Session } from '../bosh.ts';
import { type Domains, domainsOf } from '../domains.ts';
import type { Examination } from '../examination.ts';
import type { Finding } from '../finding.ts';
import { request } from '../http.ts';

type Said = Pick<Finding, 'outcome' | 'seen' | 'why' | 'fix'>;

const fix =
  'On the server: ./stack up, and look for variables and hooks of yours that decide about access (npx create-jitsi-stack@latest --check). The answers under auth say what was chosen.';
const wrong = (seen: string, why: string): Said => ({ outcome: 'wrong', seen, why, fix });
const right = (seen: string): Said => ({ outcome: 'ok', seen });

/**
 * Whether the server keeps strangers to what was chosen: it is tried as one of them, and as a guest with an invented token. In a
 * room with a made-up name, which is there for some seconds if it can be opened.
 */
export async function checkStrangers({ plan, at }: Examination): Promise<readonly Finding[]> {
  const route = plan.routes.find(({ kind }) => kind === 'bosh');
  if (!route || !plan.access) return [];
  const url = `${plan.url}${route.path}`;
  const headers = { 'content-type': 'text/xml', origin: plan.url };
  const tries = at(plan.answers.domain).map(async (address): Promise<readonly Finding[]> => {
    const post: Post = (body, query) =>
      request({ address, url: `${url}${query}`, method: 'POST', headers, body });
    const about = { check: 'access', subject: 'strangers', at: [address] } as const;
    return (await strangersAt(plan, post)).map((said) => ({ ...about, ...said }));
  });
  return (await Promise.all(tries)).flat();
}

/** What a stranger can do there, beside what was chosen; empty where signalling does not answer at all. */
export async function strangersAt(plan: Plan, post: Post): Promise<readonly Said[]> {
  const domains = domainsOf(plan);
  const session = await openSession(post, domains.members);
  if (session === undefined || session === 'unknown' || session.mechanisms.length === 0) return [];
  const first = await signInAsChosen(plan, session);
  await session.close();
  const focus = await passesForFocus(post, domains);
  if (plan.access?.signIn === 'nothing') return [first, ...focus];
  const guests = await guestsAsChosen(plan, post, domains);
  return [first, ...guests, ...focus];
}

/** The focus owns every room, and its domain answers everybody who gets at signalling. */
async function passesForFocus(post: Post, { services }: Domains): Promise<readonly Said[]> {
  const session = await openSession(post, services);
  if (session === undefined || session === 'unknown') return [];
  try {
    const why = 'Whoever is taken for one of Jitsi’s services owns every room.';
    if (session.mechanisms.includes('ANONYMOUS') && (await session.signIn()))
      return [wrong(`A stranger signs in at ${services} without a password.`, why)];
    const taken = await session.signInAs('focus', randomBytes(16).toString('hex'));
    if (taken === undefined) return [];
    return [
      taken
        ? wrong('A stranger passes for the focus with an invented password.', why)
        : right('Nobody passes for the focus with an invented password.'),
    ];
  } finally {
    await session.close();
  }
}

async function signInAsChosen({ access, answers }: Plan, session: Session): Promise<Said> {
  const { mechanisms } = session;
  const free = mechanisms.includes('ANONYMOUS');
  const ways = mechanisms.join(', ');
  if (access?.signIn === 'nothing')
    return free
      ? right('Everybody gets in, as was chosen.')
      : wrong(`People are asked for a password (${ways}).`, 'The server was to be open.');
  if (access?.signIn === 'token' || access?.signIn === 'matrix') {
    if (!free)
      return wrong(
        `People are asked for a password (${ways}).`,
        'Only links and programs with a token were to open rooms.',
      );
    return (await session.signIn())
      ? wrong('A stranger without a token gets in, opens rooms and moderates.', 'It is open.')
      : right('Without a token nobody signs in.');
  }
  if (free)
    return wrong(
      'A stranger signs in without a password, opens rooms and moderates.',
      'It is open.',
    );
  const own = mechanisms.some((name) => name.startsWith('SCRAM'));
  if (answers.auth.mode === 'ldap' && own)
    return wrong(
      `Passwords are checked against accounts on the server (${ways}).`,
      'The directory was to be asked.',
    );
  return right(`People sign in with a password (${ways}).`);
}

async function guestsAsChosen(plan: Plan, post: Post, domains: Domains): Promise<readonly Said[]> {
  const chosen = plan.access?.guests !== 'none';
  const session = await openSession(post, domains.guests);
  if (session === undefined) return [];
  if (session === 'unknown')
    return [
      chosen
        ? wrong('Guests are not let in.', 'They were to join.')
        : right('Guests are not let in.'),
    ];
  await session.close();
  if (!chosen) return [wrong('Guests are let in.', 'Nobody else was to join.')];
  const seen = [await tryAsGuest(post, domains, ''), await tryAsGuest(post, domains, '?token=abc')];
  return seen.flatMap((got, index) => judgeGuest(plan, got, index === 1));
}

/** What somebody without an account gets when he asks for a room that there is not. */
export type Got = 'refused' | 'lobby' | 'room' | 'nothing';

async function tryAsGuest(post: Post, domains: Domains, query: string): Promise<Got> {
  const session = await openSession(post, domains.guests, query);
  if (session === undefined || session === 'unknown') return 'nothing';
  try {
    if (!(await session.signIn())) return 'nothing';
    const room = `doctor-${randomBytes(8).toString('hex')}@${domains.rooms}`;
    const answer = await session.ask(
      `<iq type='set' id='focus' to='focus.${domains.members}' xmlns='jabber:client'><conference xmlns='http://jitsi.org/protocol/focus' room='${room}'/></iq>`,
      /id=['"]focus['"]/,
    );
    if (answer?.includes('<not-authorized')) return 'refused';
    if (!answer || !/ready=['"]true['"]/.test(answer)) return 'nothing';
    const entered = await session.ask(
      `<presence to='${room}/doctor' xmlns='jabber:client'><x xmlns='http://jabber.org/protocol/muc'/></presence>`,
      /<error|<status code=['"]110['"]/,
    );
    if (entered === undefined) return 'nothing';
    return entered.includes('<error') ? 'lobby' : 'room';
  } finally {
    await session.close();
  }
}

/** Guests open nothing, with an invented token neither. */
export function judgeGuest({ access }: Plan, got: Got, invented: boolean): readonly Said[] {
  const who = invented ? 'A guest with an invented token' : 'A guest';
  if (got === 'nothing') return [];
  if (got === 'room')
    return [
      wrong(
        `${who} opens a room and is in it.`,
        invented
          ? 'The token is believed unseen.'
          : 'Jicofo does not ask who has signed in, and nothing holds guests back.',
      ),
    ];
  // Where tokens moderate, jicofo does not ask, and the lobby holds guests back.
  if (got === 'lobby' && access?.moderators !== 'token')
    return [
      wrong(`${who} opens a room, and waits in it.`, 'Jicofo does not ask who has signed in.'),
    ];
  return [right(`${who} opens no room.`)];
}
