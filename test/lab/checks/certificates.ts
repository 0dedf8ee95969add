import { readFileSync } from 'node:fs';
import path from 'node:path';
import { issue } from '../authority.ts';
import { type Check, ensure } from '../check.ts';
import { until } from '../process.ts';
import type { Lab } from '../session.ts';
import { served, trusted } from './acme.ts';
import { enter, guestDomain, xmppDomain } from './people.ts';

/** Sees to it that everybody gets a certificate that people trust, from where this stack's come. */
export async function trustedPair(lab: Lab): Promise<void> {
  const { stack, issuer, scratch } = lab;
  const { answers, certificate } = stack.plan();
  if (answers.certificates.source === 'own') {
    const pair = await issue(issuer, scratch, 'first', certificate.names);
    await stack.script(['certs', 'install', pair.certificate, pair.key]);
  }
  await trusted(lab);
}

/** A certificate that the owner brings is served everywhere, and nobody is disconnected by it. */
export const installed: Check = {
  name: 'certificates: ./stack certs install while a WebSocket stays open',
  services: ['edge', 'coturn'],
  async run(lab) {
    const { stack, internet, issuer, scratch } = lab;
    // The owner's own proxy has a certificate of its own for the page.
    const page = lab.edge === 'external' ? [] : [0];
    const all = [...page, 1];
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
      return all.every((which) => now[which] !== before[which] && now[which] === now[1]);
    });
    const live = readFileSync(path.join(stack.directory, 'certs/fullchain.pem'), 'utf8');
    ensure(live === readFileSync(own.certificate, 'utf8'), 'certs/ holds another one');
    await xmpp.ping('steady', guestDomain).catch(() => xmpp.ping('steady', xmppDomain));
    await xmpp.leave('steady');
    return 'edge and coturn serve it at once; wrong names and a strange key are refused';
  },
};
