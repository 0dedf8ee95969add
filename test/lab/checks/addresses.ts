import { type Check, ensure, same } from '../check.ts';
import type { Lab } from '../session.ts';
import { addresses } from '../world/addresses.ts';
import { enter, guestDomain } from './people.ts';

const forged = '203.0.113.66';
const headers = { 'x-forwarded-for': forged, 'x-real-ip': forged, forwarded: `for=${forged}` };

/** Everybody in the stack knows who really asks, whatever a visitor claims. */
export const clientAddresses: Check = {
  name: 'client addresses at edge, web and prosody',
  services: ['nginx', 'web', 'prosody'],
  async run(lab) {
    const { internet, stack } = lab;
    const { url } = stack.plan();
    const began = new Date();
    for (const family of [4, 6] as const) {
      const address = addresses.client[family === 4 ? 0 : 1];
      const mark = `mark${family}`;
      await internet.does('http').get(`${url}/${mark}`, { family, headers });
      for (const service of ['nginx', 'web']) {
        const line = lineOf(await stack.logs(service, began), `/${mark}`);
        ensure(line.startsWith(`${address} `), `${service} logged: ${line}`);
      }
      const who = enter(lab, { domain: guestDomain, family, headers });
      const jid = await internet.does('xmpp').login(mark, who);
      same(await addressOf(lab, jid), address, `prosody’s idea of the client over IPv${family}`);
      await internet.does('xmpp').leave(mark);
    }
    await internet.does('bosh').session(`${url}/http-bind`, guestDomain, headers);
    for (const service of ['nginx', 'web', 'prosody']) {
      const log = await stack.logs(service, began);
      ensure(!log.includes(forged), `${service} believed a claim: ${lineOf(log, forged)}`);
    }
    return 'IPv4 and IPv6; a forged X-Forwarded-For counts nowhere';
  },
};

/** What prosody takes for the address of a session. */
async function addressOf({ stack }: Lab, jid: string): Promise<string> {
  const config = stack.plan().release.prosodyConfig;
  const question = `>return prosody.full_sessions["${jid}"].ip`;
  const shell = ['prosodyctl', '--config', config, 'shell', question];
  const said = await stack.compose(['exec', '-T', 'prosody', ...shell]);
  return /Result: (\S+)/.exec(said)?.[1] ?? said;
}

function lineOf(log: string, part: string): string {
  return log.split('\n').find((text) => text.includes(part)) ?? '(no such line)';
}
