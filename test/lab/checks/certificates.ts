import { readFileSync } from 'node:fs';
import path from 'node:path';
import { issue } from '../authority.ts';
import { type Check, ensure } from '../check.ts';
import { until } from '../process.ts';
import { served } from './acme.ts';
import { enter, guestDomain, xmppDomain } from './people.ts';

/** A certificate that the owner brings is served everywhere, and nobody is disconnected by it. */
export const installed: Check = {
  name: 'certificates: ./stack certs install while a WebSocket stays open',
  services: ['nginx', 'coturn'],
  async run(lab) {
    const { stack, internet, issuer, scratch } = lab;
    const names = stack.plan().certificate.names;
    const xmpp = internet.does('xmpp');
    await xmpp.login('steady', enter(lab, { domain: guestDomain }));
    const before = await served(lab);
    const own = await issue(issuer, scratch, 'own', names);
    const other = await issue(issuer, scratch, 'other', ['other.example.org']);
    const wrong = await stack.tryScript(['certs', 'install', other.certificate, other.key]);
    ensure(wrong.code === 1 && wrong.stderr.includes('not valid for'), wrong.stderr);
    const mixed = await stack.tryScript(['certs', 'install', own.certificate, other.key]);
    ensure(mixed.code === 1 && mixed.stderr.includes('does not belong'), mixed.stderr);
    await stack.script(['certs', 'install', own.certificate, own.key]);
    await until('the new certificate on 443 and 5349', 10, async () => {
      const now = await served(lab);
      return now[0] !== before[0] && now[0] === now[1];
    });
    const live = readFileSync(path.join(stack.directory, 'certs/fullchain.pem'), 'utf8');
    ensure(live === readFileSync(own.certificate, 'utf8'), 'certs/ holds another one');
    await xmpp.ping('steady', guestDomain).catch(() => xmpp.ping('steady', xmppDomain));
    await xmpp.leave('steady');
    return 'nginx and coturn serve it at once; wrong names and a strange key are refused';
  },
};
