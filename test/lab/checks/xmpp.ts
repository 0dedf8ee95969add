import { type Check, ensure, same } from '../check.ts';
import { enter, guestDomain, person, xmppDomain } from './people.ts';

/** BOSH, for clients without WebSockets. */
export const bosh: Check = {
  name: 'BOSH session',
  services: ['edge', 'prosody'],
  async run({ internet, stack }) {
    const url = `${stack.plan().url}/http-bind`;
    const accounts = await internet.does('bosh').session(`${url}?room=a`, xmppDomain);
    ensure(accounts.mechanisms.includes('SCRAM-SHA-1'), `logins: ${accounts.mechanisms}`);
    ensure(!accounts.mechanisms.includes('ANONYMOUS'), 'the domain of accounts lets anybody in');
    const guests = await internet.does('bosh').session(url, guestDomain);
    same(guests.mechanisms, ['ANONYMOUS'], 'what guests log in with');
    return `accounts by ${accounts.mechanisms.join(', ')}; guests anonymously`;
  },
};

/** XMPP over WebSocket, from login to a room with somebody else in it. */
export const websocket: Check = {
  name: 'XMPP over WebSocket, into a room',
  services: ['edge', 'prosody', 'jicofo'],
  async run(lab) {
    const room = `lab${Date.now()}@muc.meet.jitsi`;
    const password = await person(lab, 'alice');
    await lab.internet
      .does('xmpp')
      .login('alice', enter(lab, { username: 'alice', password, family: 6 }));
    await lab.lan.does('xmpp').login('guest', enter(lab, { domain: guestDomain }));
    const [alice, guest] = [lab.internet.does('xmpp'), lab.lan.does('xmpp')];
    same(await guest.conference('guest', room), 'not-authorized', 'what a guest is told first');
    const early = await guest.join('guest', room, 'guest');
    ensure(typeof early === 'string', `a guest opened a room and found ${early} in it`);
    same(await alice.conference('alice', room), 'ready', 'what somebody with an account is told');
    await alice.join('alice', room, 'alice');
    same(await guest.conference('guest', room), 'ready', 'what a guest is told then');
    const seen = await guest.join('guest', room, 'guest');
    ensure(Array.isArray(seen) && seen.includes('alice'), `the guest sees ${seen}`);
    await alice.leave('alice');
    await guest.leave('guest');
    return `a guest waits (${early}), and gets in once somebody with an account is there`;
  },
};
