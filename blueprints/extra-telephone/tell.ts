import type { Step, Trouble } from '../../src/blueprint.ts';

/** What its owner does about the account and its bill. */
export function stepsFor(
  {
    account,
    server,
    room,
    numbers,
  }: Readonly<Record<'account' | 'server', string>> &
    Readonly<Record<'room' | 'numbers', string | undefined>>,
  url: string,
): readonly Step[] {
  return [
    {
      phase: 'before',
      title: 'Limit what calls may cost',
      detail: `Whoever may call from a meeting does so on the bill of ${account}. At ${server}, close numbers abroad and premium numbers, and set a limit for each month, or use a prepaid account.`,
    },
    {
      phase: 'before',
      title: 'Enter the password of the SIP account',
      detail: 'It is asked for and goes into .env, which no copy of the repository has.',
      command: './stack secret JIGASI_SIP_PASSWORD',
    },
    {
      phase: 'after',
      title: 'Try a call in both directions',
      detail: `In a meeting, call your own telephone from the dialogue that invites people. ${incoming(
        room,
        numbers,
        url,
      )} ./stack logs jigasi says what the provider answers.`,
    },
  ];
}

function incoming(room: string | undefined, numbers: string | undefined, url: string): string {
  if (numbers !== undefined)
    return 'Then call one of your numbers, and type the PIN that the same dialogue shows.';
  if (room !== undefined)
    return `Then call the account’s number while somebody is in ${url}/${room}.`;
  return 'People who call the account’s number reach no room until telephone.room or telephone.numbers is answered.';
}

export const warning = {
  level: 'warning',
  text: 'Telephone has not been tried with a real SIP provider. Voices need UDP from the provider to this server; behind a router, whether they arrive is up to the provider (it has to answer to where voices come from: “symmetric RTP”).',
} as const;

export const troubles: readonly Trouble[] = [
  {
    symptom: 'Nobody can be called: the dialogue that invites people takes no number.',
    cause:
      'The gateway is not there for the focus: it has no account at the provider yet, or its password is wrong. The page shows it only after it was loaded again.',
    fix: '`./stack status` says whether jigasi is healthy, `./stack logs jigasi` what the provider answered. `./stack secret JIGASI_SIP_PASSWORD` enters the password anew.',
  },
  {
    symptom: 'A call is answered, and one side hears nothing.',
    cause:
      'Voices do not arrive: their UDP ports are closed, or a SIP helper (ALG) of a router rewrites what is said.',
    fix: 'Open the ports of `firewall/ports.md`, switch the router’s SIP helper off, and ask the provider for symmetric RTP.',
  },
];
