import path from 'node:path';
import { answersFor, domain, relayName } from '../answers.ts';
import { issue } from '../authority.ts';
import { type Check, same } from '../check.ts';
import { answer } from '../owner.ts';
import { openStack } from '../stack.ts';
import { offerOf } from './bridge.ts';
import { enter, guestDomain } from './people.ts';

const otherDomain = 'second.example.org';
const ports = { httpsPort: 8443, httpPort: 8080, mediaPort: 10001, localPort: 8290 };

/** Another stack beside the one that runs: everything that two cannot share is an answer, or follows from its name. */
export const secondStack: Check = {
  name: 'second stack on the same server',
  services: ['edge', 'jvb', 'coturn'],
  topologies: ['public'],
  edges: ['nginx'],
  async run(lab) {
    const { world, stack, engine, scratch, internet } = lab;
    const first = answersFor(world, 'nginx') as { network: object; turn: object };
    const { subnet } = stack.plan().network;
    const second = openStack(path.join(scratch, 'second'), () => engine.environment);
    await answer(
      { ...lab, stack: second },
      {
        ...first,
        domain: otherDomain,
        network: { ...first.network, ...ports, subnet: subnet.replace(/\.0\.0\//, '.7.0/') },
        certificates: { source: 'own' },
        turn: {
          ...first.turn,
          ...{ domain: `turn.${otherDomain}`, port: 3480, tlsPort: 5350, firstRelayPort: 52000 },
        },
        auth: { mode: 'open', strangers: true },
        firewall: [],
      },
    );
    const names = [domain, relayName, otherDomain].map((name) => [name, world.outside]);
    world.internet.knows(Object.fromEntries(names));
    try {
      await second.script(['up']);
      const { names: own } = second.plan().certificate;
      const pair = await issue(lab.issuer, scratch, 'second', own);
      await second.script(['certs', 'install', pair.certificate, pair.key]);
      const { url, network, answers } = second.plan();
      same(url, `https://${otherDomain}:8443`, 'where people meet');
      for (const [where, from] of [
        [url, `${otherDomain}:8443`],
        [stack.plan().url, domain],
      ] as const) {
        const get = (page: string) =>
          internet.does('http').get(`${where}${page}`, { family: 6, anyCertificate: true });
        same((await get('/')).status, 200, `the page at ${where}`);
        const { body } = await get('/config.js');
        same(body.includes(`wss://${from}/`), true, `config.js at ${where} names ${from}`);
      }
      const redirected = await internet.does('http').get(`http://${otherDomain}:8080/room`);
      same(redirected.headers.location, `${url}/room`, 'where plain http leads');
      const xmpp = internet.does('xmpp');
      const there = { ...lab, stack: second };
      await xmpp.login('second', enter(there, { domain: 'meet.jitsi' }));
      await xmpp.leave('second');
      await xmpp.login('first', enter(lab, { domain: guestDomain }));
      await xmpp.leave('first');
      const { check } = await offerOf(there);
      const wanted = [3480, 10001];
      for (const address of world.outside) {
        const answering = await internet.does('ports').openUdp(address, wanted, check());
        same(answering, wanted, `answering UDP ports at ${address}`);
      }
      await second.script(['status']);
      const other = stack.plan().network;
      return `${network.bridge} beside ${other.bridge}, ${network.subnet6} beside ${other.subnet6}; TURN at ${answers.turn.port}`;
    } finally {
      await second.tryScript(['down']);
    }
  },
};
