import { copyFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { answersFor } from '../answers.ts';
import { type Check, ensure, same } from '../check.ts';
import { answer } from '../owner.ts';
import { providerUrl, startProvider } from '../provider/provider.ts';
import type { Lab } from '../session.ts';
import { enter, guestDomain, person, tryLogin, xmppDomain } from './people.ts';
import { opensRoom, strangers, watched } from './stranger.ts';

const secret = `it's "$HOME" \\ #1`;
const room = 'staff@muc.meet.jitsi';
const elsewhere = {
  ...{ mode: 'oidc', provider: 'other', providerUrl, clientId: 'jitsi', providerAuthority: true },
  ...{ guests: 'wait', moderators: 'token', moderatorGroups: 'hosts' },
};

/** Somebody signs in at the provider, comes back, and goes to the door of the room that the address names. */
async function comes(lab: Lab, who: string, at: 'internet' | 'lan'): Promise<string> {
  const { url } = lab.stack.plan();
  const to = await lab[at].does('sign-in').signIn(who, `${url}/oidc/login?room=staff`, url);
  const [place, token = ''] = to.split('?jwt=');
  same(place, `${url}/staff`, `where ${who} comes back to`);
  const login = { url: `${enter(lab, {}).url}?token=${token}`, domain: xmppDomain };
  await lab[at].does('xmpp').login(who, login);
  return token;
}

/** Two people who sign in, one of whom moderates, and a guest who has to wait for them. */
async function meeting(lab: Lab): Promise<string> {
  const [hers, his, guests] = [
    lab.internet.does('xmpp'),
    lab.lan.does('xmpp'),
    lab.office.does('xmpp'),
  ];
  const names = (who: readonly string[] | string) => JSON.stringify(who);
  const token = await comes(lab, 'ada', 'internet');
  await guests.login('guest', enter(lab, { domain: guestDomain }));
  same(await guests.conference('guest', room), 'ready', 'the guest asks');
  same(await guests.join('guest', room, 'guest'), 'registration-required', 'the guest waits');
  same(await hers.conference('ada', room), 'ready', 'ada opens it');
  same(await hers.join('ada', room, 'ada'), ['ada', 'focus'], 'who is there');
  const inside = await guests.join('guest', room, 'guest');
  ensure(inside.includes('guest'), `the guest is kept out: ${names(inside)}`);
  await comes(lab, 'bob', 'lan');
  const all = await his.join('bob', room, 'bob');
  same(all, ['ada', 'bob', 'focus', 'guest'], 'who is there');
  same(
    await his.remove('bob', room, 'guest'),
    'not-allowed',
    'bob, who is in no group, removes a guest',
  );
  same(await guests.remove('guest', room, 'bob'), 'not-allowed', 'a guest removes bob');
  same(await hers.remove('ada', room, 'guest'), 'done', 'ada, a moderator, removes a guest');
  const other = await hers.join('ada', 'another@muc.meet.jitsi', 'ada');
  ensure(!Array.isArray(other), `her token opens another room: ${names(other)}`);
  for (const [people, who] of [
    [hers, 'ada'],
    [his, 'bob'],
    [guests, 'guest'],
  ] as const)
    await people.leave(who);
  return token;
}

/** A token of before opens nothing with the secrets that are new; people sign in as before, after a loss too. */
async function keeps(lab: Lab, token: string): Promise<void> {
  const { stack, internet, scratch } = lab;
  const signsIn = async () => {
    await comes(lab, 'ada', 'internet');
    same(await internet.does('xmpp').conference('ada', room), 'ready', 'ada opens her room');
    await internet.does('xmpp').leave('ada');
  };
  await stack.script(['rotate', '--yes']);
  await stack.healthy();
  const late = { url: `${enter(lab, {}).url}?token=${token}`, domain: xmppDomain };
  const old = await internet.does('xmpp').login('old', late).catch(String);
  ensure(/Error/.test(old), `a token of before lets in with another secret: ${old}`);
  await signsIn();
  const file = path.join(scratch, 'elsewhere.tar.gz');
  await stack.script(['backup', file]);
  await stack.compose(['down', '--volumes', '--timeout', '5']);
  for (const name of ['data', '.env', 'oidc/authority.pem'])
    rmSync(path.join(stack.directory, name), { recursive: true });
  await stack.script(['restore', '--yes', file]);
  await stack.healthy();
  await signsIn();
}

/** Whoever opens a room signs in at a real provider; from accounts to that and back, on the running stack. */
export const signIn: Check = {
  name: 'sign-in elsewhere: people of a real provider, a guest, and accounts again',
  services: ['oidc', 'prosody', 'jicofo', 'edge'],
  long: true,
  async run(lab) {
    const { stack, world, edge, issuer, scratch } = lab;
    const ada = { username: 'ada', password: await person(lab, 'ada') };
    const { url } = stack.plan();
    const groups = { ada: ['hosts'], bob: ['staff'] };
    const provider = await startProvider(world.hub, issuer, scratch, {
      client: url,
      secret,
      groups,
    });
    let count = 0;
    const moveTo = async (auth: object, before = async () => {}) => {
      await answer(lab, { ...answersFor(world, edge), auth });
      const tries = await watched(lab, async () => {
        await before();
        await stack.script(['up']);
      });
      count += tries.count;
      ensure(tries.opened.length === 0, `a stranger opened ${tries.opened.length} rooms`);
      for (const as of strangers)
        ensure(!(await opensRoom(lab, as)), `a stranger opens a room: ${JSON.stringify(as)}`);
    };
    try {
      await moveTo(elsewhere, async () => {
        copyFileSync(issuer.certificate, path.join(stack.directory, 'oidc/authority.pem'));
        await stack.script(['secret', 'OIDC_CLIENT_SECRET'], { input: `${secret}\n` });
      });
      ensure((await tryLogin(lab, ada)) !== 'in', 'the password of the account still works');
      const token = await meeting(lab);
      await keeps(lab, token);
      const end = await lab.internet.does('sign-in').signOut('ada', `${url}/oidc/logout`);
      ensure(end.startsWith(`${url}/oidc/signed-out`), end);
      await moveTo({ mode: 'internal', guests: 'wait', moderators: 'signed-in' });
      same(await tryLogin(lab, ada), 'in', 'the password of before');
      const late = { url: `${enter(lab, {}).url}?token=${token}`, domain: xmppDomain };
      const old = await lab.internet.does('xmpp').login('old', late).catch(String);
      ensure(/Error/.test(old), `her token still lets in: ${old}`);
      const { body } = await lab.internet.does('http').get(`${url}/oidc/login?room=staff`);
      ensure(!body.includes('oidc/callback'), 'the way to the provider is still there');
      const services = (await stack.containers()).map(({ service }) => service);
      ensure(!services.includes('oidc'), 'the service that signs in is still there');
    } finally {
      await provider.stop();
    }
    return `ada moderates, bob does not, a guest waits for them; with new secrets and after a loss she signs in as before; a stranger tried ${count} times on the way`;
  },
};
