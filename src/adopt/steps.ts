import { basename, relative } from 'node:path';
import { wayToServer } from '../answers/whose.ts';
import type { Plan, Step } from '../plan/plan.ts';
import { shellWord } from '../shell-word.ts';
import type { Adoption } from './adoption.ts';
import type { BroughtOver } from './copy-takes.ts';
import { stopOld, takeOut } from './stop-old.ts';
import { accountsOf, copyCommand } from './take.ts';
import { weakPasswords } from './weak-passwords.ts';

/** The stack's own steps with those of the change-over between them. All are taken in the stack's directory. */
export function stepsOf(
  adoption: Adoption,
  { steps, secrets, answers }: Pick<Plan, 'steps' | 'secrets' | 'answers'>,
  { broughtOver }: { readonly broughtOver?: BroughtOver },
): readonly Step[] {
  const needed = steps.filter(
    ({ fresh }) => fresh === undefined || (fresh === 'accounts' && !hasAccounts(adoption)),
  );
  const before = needed.filter(({ phase }) => phase === 'before');
  const later = needed.filter(({ phase }) => phase !== 'before' && phase !== 'meeting');
  return [
    ...(answers.host.here === true ? [] : [bringWhole(answers)]),
    ...before,
    stopOld(adoption, answers),
    ...bringOver(adoption, broughtOver),
    ...moveAway(adoption),
    ...moveKey(adoption),
    ...later,
    ...replacePasswords(adoption, secrets),
    ...afterwards(adoption),
    ...takeOut(adoption, answers),
    ...needed.filter(({ phase }) => phase === 'meeting'),
  ];
}

/** A clone would have neither the old passwords nor the accounts. */
function bringWhole({ network }: Pick<Plan['answers'], 'network'>): Step {
  return {
    phase: 'before',
    title: 'Bring this folder to the server, whole',
    detail:
      'Skip this if you are on the server. Git has neither the old passwords (.env) nor the accounts (data/), so copy all of it. Put the name that you log in with there in place of USER:',
    command: wayToServer(network).copy,
  };
}

/** Whether people have accounts already: counted, or out of sight in a volume or for this user. */
function hasAccounts({ proposal: { takeover } }: Adoption): boolean {
  return Object.keys(takeover.accounts).length > 0 || takeover.left.some(isAccounts);
}

function isAccounts({ what }: { readonly what: string }): boolean {
  return what === accountsOf;
}

function bringOver(
  { proposal: { takeover } }: Adoption,
  broughtOver: BroughtOver | undefined,
): Step[] {
  const left = [...takeover.left, ...(broughtOver?.left ?? [])].map(
    ({ what, why, command }): Step => ({
      phase: 'before',
      title: `Bring over: ${what}`,
      detail: why,
      command,
    }),
  );
  const copied = takeover.takes.find(
    ({ kind, what }) => kind === 'data' && !broughtOver?.left.some((one) => one.what === what),
  );
  if (!copied) return left;
  return [
    ...left,
    {
      phase: 'before',
      title: 'Bring over the accounts that have changed since',
      detail:
        'It copies only what is newer than the copy here: if no account or password has changed, it does nothing.',
      command: copyCommand(copied),
    },
  ];
}

/** Compose merges an override into whatever compose file it finds beside it. */
function moveAway({ installation: { compose }, inPlace }: Adoption): Step[] {
  const override = compose.files.find((file) => /^docker-compose\.override\.ya?ml$/.test(file));
  if (!inPlace || override === undefined) return [];
  return [
    {
      phase: 'before',
      title: `Move ${override} away`,
      detail:
        'Compose would merge it into compose.yaml. Move what you still need from it to compose.override.yaml.',
      command: `mv ${override} old-${basename(override)}`,
    },
  ];
}

/** What lies beside the stack's configuration is made readable for its containers, a key too. */
function moveKey({ installation: { directory }, inPlace, proposal }: Adoption): Step[] {
  const key = proposal.takeover.takes.find(({ to }) => to === 'certs/privkey.pem');
  const path = key && relative(directory, key.from);
  if (!inPlace || !path || !/^(nginx|haproxy|coturn|jitsi|proxy)\//.test(path)) return [];
  return [
    {
      phase: 'before',
      title: `Move ${path} away`,
      detail: `The stack makes all of ${path.split('/')[0]}/ readable for its containers, and this is a key. Its copy is certs/privkey.pem; to go back, put it there again.`,
      command: `mv ${shellWord(path)} data/`,
    },
  ];
}

/** Passwords that others know are good for the change-over only. */
function replacePasswords({ proposal }: Adoption, secrets: Plan['secrets']): Step[] {
  const { published, guessable } = weakPasswords(proposal.secrets);
  const own = [...published, ...guessable].filter((name) =>
    secrets.some((secret) => secret.name === name),
  );
  if (own.length === 0) return [];
  return [
    {
      phase: 'after',
      title: 'Replace the weak passwords',
      detail: `${own.join(', ')} came along, and others know or can guess ${own.length === 1 ? 'it' : 'them'}. Meetings are interrupted for a moment.`,
      command: './stack rotate',
    },
  ];
}

function afterwards({ named, inPlace, installation, proposal }: Adoption): Step[] {
  const { taken, newest } = proposal.release;
  const way = inPlace
    ? `${installation.compose.files.join(', ')} and its configuration are still here.`
    : `${named} is as it was.`;
  const end = inPlace ? ' Once nobody needs to go back, remove them with git rm.' : '';
  const back: Step = {
    phase: 'after',
    title: 'Keep the way back for a while',
    detail: `${way} To go back: ./stack down, then start the old installation again.${end}`,
  };
  if (taken === newest) return [back];
  return [
    back,
    {
      phase: 'after',
      title: `Go on to ${newest}`,
      detail: `The stack runs ${taken} for now, so that not everything changes at once. When all is well, this shows what the newest release changes and commits it; ./stack upgrade then changes over:`,
      command: `npx create-jitsi-stack@latest --release ${newest}`,
    },
  ];
}
