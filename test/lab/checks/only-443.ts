import { type Check, same } from '../check.ts';
import { bridge, offerOf } from './bridge.ts';
import { profile, relayLogin } from './browser.ts';
import { meet } from './media.ts';
import { offered, one } from './turn.ts';

/** Somebody whose firewall lets out TCP 443 and nothing else sees and hears the others. */
export const only443: Check = {
  name: 'only TCP 443: from a company network to the bridge',
  services: ['edge', 'coturn', 'prosody', 'jvb'],
  edges: ['nginx-share443', 'haproxy', 'haproxy-go-mmproxy'],
  async run(lab) {
    const { world, office, stack } = lab;
    const { url, answers } = stack.plan();
    const { check } = await offerOf(lab);
    for (const address of world.outside) {
      const open = await office.does('ports').openTcp(address, [80, 443, 3478, 5349]);
      same(open, [443], `what the company’s firewall lets through to ${address}`);
      const udp = await office.does('ports').openUdp(address, [443, 3478, 10000], check());
      same(udp, [], `UDP that it lets through to ${address}`);
    }
    const row = one(await offered(lab, office), 'turns', 'tcp');
    const far = bridge(lab);
    for (const host of world.outside) {
      const at = { transport: 'tls', host, port: row.port, name: row.host } as const;
      for (const address of [far.ipv4, ...(far.ipv6 ? [far.ipv6] : [])]) {
        const peer = { address, port: 10000, request: check() };
        const [result] = await office.does('turn').relay(at, row, [peer]);
        same(result, { error: 0, answered: true }, `to ${address} through ${host}`);
      }
    }
    const login = await relayLogin(lab, office);
    try {
      for (const address of world.outside) {
        // One family only, so that the other one cannot help.
        world.office.knows({ [answers.domain]: [address], [row.host]: [address] });
        const person = { url: `${url}/Room`, profile: await profile(lab), login };
        const { relay } = await meet(lab, office, person);
        same(relay, 'tls', `how a browser that knows ${address} reaches the relay`);
      }
    } finally {
      world.office.knows({ [answers.domain]: world.outside, [row.host]: world.outside });
    }
    return 'page, signalling, relay and a browser that the bridge answers, IPv4 and IPv6; nothing else gets out of there';
  },
};
