import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type Check, ensure, same } from '../check.ts';
import { addresses } from '../world/addresses.ts';
import { enter, person, tryLogin, xmppDomain } from './people.ts';

/** Somebody on the internet tries passwords, as fast as the edge lets him; the account's owner is at home in the LAN. */
export const guesses: Check = {
  name: 'guessing: wrong passwords are slowed down and seen',
  services: ['edge', 'prosody'],
  async run(lab) {
    const { internet, lan, stack } = lab;
    const password = await person(lab, 'erin');
    const who = enter(lab, { username: 'erin', password });
    const atHome = async () => {
      await lan.does('xmpp').login('erin', who);
      await lan.does('xmpp').leave('erin');
    };
    await atHome();
    const began = new Date();
    const seen = await internet
      .does('guess')
      .guess(who.url, { account: 'erin', seconds: 4, sockets: 20 });
    const tried = seen['not-authorized'] ?? 0;
    ensure(tried >= 5 && tried <= 8, `passwords looked at in 4 s: ${JSON.stringify(seen)}`);
    const away = await tryLogin(lab, { username: 'erin', password });
    ensure(/temporary-auth-failure/.test(away), `the right password from there: ${away}`);
    await atHome();
    const log = await stack.logs('prosody', began);
    const file = path.join(stack.directory, 'data/prosody/data/failed-logins.log');
    for (const text of [log, readFileSync(file, 'utf8')])
      for (const what of ['Wrong password', 'Refused after wrong passwords'])
        ensure(
          addresses.client.some((one) =>
            text.includes(`${what} from ${one} for erin@${xmppDomain}`),
          ),
          `no line about “${what}” in the log`,
        );
    const before = await stack.containers();
    await stack.script(['user', 'unlock']);
    same(await tryLogin(lab, { username: 'erin', password }), 'in', 'after ./stack user unlock');
    same((await stack.containers()).length, before.length, 'containers');
    await stack.script(['user', 'del', 'erin']);
    return `${tried} of ${tried + (seen['temporary-auth-failure'] ?? 0)} passwords were looked at in 4 s; the owner gets in meanwhile`;
  },
};
