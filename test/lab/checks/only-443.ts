import { type Check, same } from '../check.ts';
import type { Lab } from '../session.ts';
import { namespaceOf } from '../world/namespace.ts';
import { type Person, seat } from '../world/person.ts';
import { converse, profile, relayedOverTls, relayLogin } from './browser.ts';
import { binding } from './ports.ts';
import { bridge, offered, one } from './turn.ts';

/** Somebody whose firewall lets out TCP 443 and nothing else sees and hears the others. */
export const only443: Check = {
  name: 'only TCP 443: from a company network to the bridge',
  services: ['edge', 'coturn', 'prosody'],
  edges: ['nginx-share443', 'haproxy', 'haproxy-go-mmproxy'],
  async run(lab) {
    const { world, office, stack } = lab;
    const { url, answers } = stack.plan();
    for (const address of world.outside) {
      const open = await office.does('ports').openTcp(address, [80, 443, 3478, 5349]);
      same(open, [443], `what the company’s firewall lets through to ${address}`);
      const udp = await office.does('ports').openUdp(address, [443, 3478, 10000], binding);
      same(udp, [], `UDP that it lets through to ${address}`);
    }
    const row = one(await offered(lab, office), 'turns', 'tcp');
    const far = bridge(lab);
    for (const host of world.outside) {
      const at = { transport: 'tls', host, port: row.port, name: row.host } as const;
      for (const address of [far.ipv4, ...(far.ipv6 ? [far.ipv6] : [])]) {
        const peer = { address, port: 10000, text: `by ${host}` };
        const [result] = await office.does('turn').relay(at, row, [peer]);
        same(result, { error: 0, echoed: peer.text }, `to ${address} through ${host}`);
      }
    }
    const login = await relayLogin(lab, office);
    const there = await profile(lab);
    await atBridge(lab, async (person) => {
      for (const address of world.outside) {
        // One family only, so that the other one cannot help.
        world.office.knows({ [answers.domain]: [address], [row.host]: [address] });
        const near = { who: office, name: 'near', url: `${url}/Room`, profile: await profile(lab) };
        const end = { who: person, name: `bridge ${address}`, url: 'about:blank', profile: there };
        same(await converse({ ...near, login }, end), relayedOverTls, `a browser by ${address}`);
        await office.does('browser').leave();
      }
    }).finally(async () => {
      await office.does('browser').leave();
      world.office.knows({ [answers.domain]: world.outside, [row.host]: world.outside });
    });
    return 'page, signalling, relay and a browser’s data, IPv4 and IPv6; nothing else gets out of there';
  },
};

/** Seats somebody at the bridge's address: as the stand-in speaks no WebRTC, a browser there has to. */
async function atBridge(
  { stack, authorities }: Lab,
  act: (person: Person) => Promise<void>,
): Promise<void> {
  const jvb = (await stack.containers()).find(({ service }) => service === 'jvb');
  const namespace = await namespaceOf(jvb?.pid ?? 0, `lab${process.pid}bridge`);
  const person = seat(namespace, authorities);
  try {
    await act(person);
  } finally {
    await person.does('browser').leave();
    person.leave();
    await namespace.remove();
  }
}
