import type { Plan, Step } from './plan.ts';

/**
 * The last step: what to open, how to get in, and what others have to do, as the answers have it.
 *
 * What the page says is that of stable-11146-2, with which the way was walked (docs/first-meeting.md).
 */
export function firstMeeting({
  url,
  access,
  answers,
}: Pick<Plan, 'url' | 'access' | 'answers'>): Step {
  return {
    phase: 'meeting',
    fresh: 'accounts',
    title: 'Hold your first meeting',
    detail: [
      ...opening(url, access, answers.auth.mode),
      ...(answers.certificates.source === 'self-signed' ? [selfSigned] : []),
      others(access),
      ...(answers.certificates.source === 'self-signed' ? [] : [onThePhone(url)]),
      'Try it with three people: two are connected directly, so only the third one shows that your server works.',
    ].join(' '),
  };
}

function opening(url: string, access: Plan['access'], mode: unknown): string[] {
  if (access?.signIn === 'token')
    return mode === 'jwt'
      ? ['Open a link that carries a token: it leads straight into its room.']
      : [`Open ${url}, type a name for the room, and sign in when you are asked to.`];
  const open = `Open ${url} and type a name for the room that nobody guesses.`;
  return access?.signIn === 'password'
    ? [
        open,
        'When the page says that the meeting has not started, choose “I am the host” and log in with your name alone, without @ and what follows it.',
      ]
    : [open];
}

const selfSigned =
  'The browser warns about the self-signed certificate: accept it once. The phone app refuses it, so phones need their browser too.';

function others(access: Plan['access']): string {
  if (access === undefined || access.signIn === 'nothing')
    return 'Send the others the address of the room.';
  return {
    none: 'Send the others the address of the room: they have to sign in too.',
    wait: 'Send the others the address of the room: they need no account, and wait until you are there.',
    knock:
      'Send the others the address of the room: they need no account, and knock until you let them in.',
  }[access.guests];
}

function onThePhone(url: string): string {
  return `On a phone use the browser, or the app Jitsi Meet with ${url} as the server in its settings.`;
}
