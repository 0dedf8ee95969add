import type { Answers, Problem } from '../../src/blueprint.ts';

interface Own {
  readonly account: string | undefined;
  readonly server: string | undefined;
  readonly room: string | undefined;
}

/** A name or an IPv4 address. */
const host = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/i;
const user = /^[A-Za-z0-9+._~-]{1,64}$/;
/** As Jitsi spells rooms inside: what its page makes of a name in an address. */
const roomName = /^[a-z0-9_.~-]{1,100}$/;

/** The host of an account, behind its last `@`. */
export const hostOf = (account: string): string => account.slice(account.lastIndexOf('@') + 1);

/** Why calls could not go through this account, in sentences. */
export function accountProblems({ account, server, room }: Own): readonly Problem[] {
  const problems: Problem[] = [];
  if (account === undefined)
    problems.push({
      answer: 'telephone.account',
      what: 'Nobody has said which SIP account calls go through.',
      fix: 'Name it with --telephone-account 4930123456@sip.example.org.',
    });
  else if (!isAccount(account))
    problems.push({
      answer: 'telephone.account',
      what: `“${account}” is no SIP account.`,
      fix: 'Enter its name, @ and the server, such as 4930123456@sip.example.org, without “sip:” and without a password.',
    });
  if (server !== undefined && !host.test(server))
    problems.push({
      answer: 'telephone.server',
      what: `“${server}” is no name of a server.`,
      fix: 'Enter the bare name or IPv4 address of the SIP server, such as sip.example.org; its port is another answer.',
    });
  if (room !== undefined && !roomName.test(room))
    problems.push({
      answer: 'telephone.room',
      what: `Callers cannot be led to a room called “${room}”.`,
      fix: 'Enter the last part of the room’s address in lower case, such as weekly for https://meet.example.org/Weekly.',
    });
  return problems;
}

function isAccount(account: string): boolean {
  const at = account.lastIndexOf('@');
  return at > 0 && user.test(account.slice(0, at)) && host.test(hostOf(account));
}

/** Who could call on the account’s bill, or could not come in at all. */
export function accessProblems({ auth }: Answers): readonly Problem[] {
  if (auth.mode === 'open')
    return [
      {
        where: 'extras',
        answer: 'auth.mode',
        what: 'Telephone does not work in a stack where everybody may open rooms.',
        why: 'Strangers would call expensive numbers on your bill.',
        fix: 'Choose who may open rooms, such as --auth internal, or leave telephone out of the extras.',
      },
    ];
  const { mode, guests } = auth;
  if (guests === 'none' && !['internal', 'ldap'].includes(mode))
    return [
      {
        where: 'extras',
        answer: 'auth.guests',
        what: 'The telephone gateway could enter no room of this stack.',
        why: 'It comes in as a guest where people sign in with tokens, and no guests are allowed.',
        fix: 'Let guests in with --auth-guests wait or knock, or leave telephone out of the extras.',
      },
    ];
  return [];
}
