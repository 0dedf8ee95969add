import { type Check, ensure, same } from '../check.ts';
import { edgeServices } from '../edges.ts';
import type { Lab } from '../session.ts';
import { addresses } from '../world/addresses.ts';
import { enter, guestDomain } from './people.ts';

const forged = '203.0.113.66';
const headers = { 'x-forwarded-for': forged, 'x-real-ip': forged, forwarded: `for=${forged}` };

/** Everybody in the stack knows who really asks, whatever a visitor claims. */
export const clientAddresses: Check = {
  name: 'client addresses at edge, web and prosody',
  services: ['edge', 'web', 'prosody'],
  async run(lab) {
    const { internet, stack } = lab;
    const { url } = stack.plan();
    const services = edgeServices(stack.plan());
    const asked = [...services.filter((name) => name === 'nginx'), 'web'];
    const began = new Date();
    for (const family of [4, 6] as const) {
      const address = addresses.client[family === 4 ? 0 : 1];
      const mark = `mark${family}`;
      await internet.does('http').get(`${url}/${mark}`, { family, headers });
      for (const service of asked) {
        const line = lineOf(await stack.logs(service, began), `/${mark}`);
        ensure(line.startsWith(`${address} `), `${service} logged: ${line}`);
      }
      const who = enter(lab, { domain: guestDomain, family, headers });
      const jid = await internet.does('xmpp').login(mark, who);
      same(await addressOf(lab, jid), address, `prosody’s idea of the client over IPv${family}`);
      await internet.does('xmpp').leave(mark);
    }
    await internet.does('bosh').session(`${url}/http-bind`, guestDomain, headers);
    if (services.includes('go-mmproxy')) {
      const line = lineOf(await stack.logs('haproxy', began), 'go-mmproxy/nginx ');
      same(line, absent, 'who was led past go-mmproxy');
    }
    const ways = [...(await forgeHeader(lab)), ...(await forgeInside(lab))];
    for (const service of [...services, 'web', 'prosody']) {
      const log = await stack.logs(service, began);
      ensure(!log.includes(forged), `${service} believed a claim: ${lineOf(log, forged)}`);
    }
    return `IPv4 and IPv6 at ${[...asked, 'prosody'].join(', ')}; forged in vain: ${['X-Forwarded-For', ...ways].join(', ')}`;
  },
};

/** A visitor who begins with a PROXY header of his own. */
async function forgeHeader({ lan, stack, world }: Lab): Promise<string[]> {
  const { domain } = stack.plan().answers;
  const [host = ''] = world.outside;
  const seen = await lan.does('tls').claiming(host, 443, domain, forged);
  ensure(seen === 'refused', `a PROXY header from outside is taken: ${seen}`);
  return ['PROXY header from outside'];
}

/** A container that is not the edge, and claims that somebody else asks. */
async function forgeInside({ stack }: Lab): Promise<string[]> {
  const { answers, network, endpoints } = stack.plan();
  const doors = endpoints.filter(({ name }) => /^(nginx-tls|nginx-spare|go-mmproxy)$/.test(name));
  for (const { port } of doors) {
    const { ipv4 = '' } = network.addresses.nginx ?? {};
    const to = `${answers.domain}:${port}:${ipv4}`;
    const claim = ['--haproxy-protocol', '--haproxy-clientip', forged];
    const asking = ['curl', '-sk', '-m', '3', '-o', '/dev/null', ...claim, '--resolve', to];
    await stack.tryCompose([
      ...['exec', '-T', 'web', ...asking],
      `https://${answers.domain}:${port}/inside`,
    ]);
  }
  return doors.length > 0 ? ['PROXY header from a container'] : [];
}

/** What prosody takes for the address of a session. */
async function addressOf({ stack }: Lab, jid: string): Promise<string> {
  const config = stack.plan().release.prosodyConfig;
  const question = `>return prosody.full_sessions["${jid}"].ip`;
  const shell = ['prosodyctl', '--config', config, 'shell', question];
  const said = await stack.compose(['exec', '-T', 'prosody', ...shell]);
  return /Result: (\S+)/.exec(said)?.[1] ?? said;
}

const absent = '(no such line)';

function lineOf(log: string, part: string): string {
  return log.split('\n').find((text) => text.includes(part)) ?? absent;
}
