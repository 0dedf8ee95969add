import { type Check, ensure } from '../check.ts';
import { addresses } from '../world/addresses.ts';
import { enter, guestDomain } from './people.ts';

const forged = '203.0.113.66';

/** Every log says who really asked, whatever a visitor claims. */
export const clientAddresses: Check = {
  name: 'client addresses in the logs',
  services: ['nginx', 'web', 'prosody'],
  async run(lab) {
    const { internet, stack } = lab;
    const { url } = stack.plan();
    const began = new Date();
    const headers = { 'x-forwarded-for': forged, 'x-real-ip': forged, forwarded: `for=${forged}` };
    for (const [family, address] of [
      [4, addresses.client[0]],
      [6, addresses.client[1]],
    ] as const) {
      const mark = `mark${family}`;
      await internet.does('http').get(`${url}/${mark}`, { family, headers });
      const who = enter(lab, { domain: guestDomain, family, headers });
      await internet.does('xmpp').login(mark, who);
      await internet.does('xmpp').leave(mark);
      await internet.does('bosh').session(`${url}/http-bind`, guestDomain, headers);
      const edge = await stack.logs('nginx', began);
      ensure(line(edge, `/${mark}`).startsWith(`${address} `), `nginx: ${line(edge, mark)}`);
      const web = await stack.logs('web', began);
      // The web container sees the edge; it logs what connects to it, and the edge tells it the truth.
      ensure(!web.includes(forged), `web believed a forged address: ${line(web, forged)}`);
      const prosody = await stack.logs('prosody', began);
      ensure(!prosody.includes(forged), `prosody believed a forged address: ${line(prosody, forged)}`);
      ensure(!edge.includes(forged), `nginx believed a forged address: ${line(edge, forged)}`);
    }
    return 'x';
  },
};

function line(log: string, part: string): string {
  return log.split('\n').find((text) => text.includes(part)) ?? '(no such line)';
}
