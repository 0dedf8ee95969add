import { type Check, ensure } from '../check.ts';
import { edgeServices } from '../edges.ts';
import { until } from '../process.ts';
import type { Lab } from '../session.ts';
import { clientAddresses } from './addresses.ts';

/**
 * Whatever of the edge is killed, restarted or made anew, and when the whole server restarts: the page is there soon, and
 * what works in the network of another comes back by itself or with `./stack up`.
 */
export const restarts: Check = {
  name: 'edge: killed, restarted, recreated; the server rebooted',
  services: ['edge'],
  async run(lab) {
    const { stack, engine } = lab;
    const times: string[] = [];
    const names = edgeServices(stack.plan());
    const guests = names.includes('go-mmproxy') ? ['go-mmproxy'] : [];
    const trial = async (what: string, act: () => Promise<unknown>) => {
      const began = Date.now();
      await act();
      await until(`the page after ${what}`, 60, () => answers(lab));
      times.push(`${what} ${Math.round((Date.now() - began) / 1000)} s`);
    };
    for (const name of names) {
      await trial(`kill ${name}`, () => kill(lab, name));
      await trial(`restart ${name}`, () => stack.compose(['restart', '--timeout', '2', name]));
      for (const guest of guests) await until(`${guest} works again`, 40, () => works(lab, guest));
      await trial(`recreate ${name}`, () =>
        stack.compose(['up', '--detach', '--no-deps', '--force-recreate', name]),
      );
      await stack.script(['up']);
      for (const guest of guests) await until(`${guest} works again`, 40, () => works(lab, guest));
    }
    await trial('reboot', engine.restart);
    await stack.script(['up']);
    await clientAddresses.run(lab);
    return `IPv4 and IPv6, with the right addresses: ${times.join(', ')}`;
  },
};

async function kill({ stack }: Lab, name: string): Promise<void> {
  const victim = (await stack.containers()).find(({ service }) => service === name);
  ensure(victim?.pid, `${name} does not run`);
  process.kill(victim.pid, 'SIGKILL');
}

/** HAProxy sends people to it, not past it. */
async function works(lab: Lab, name: string): Promise<boolean> {
  const began = new Date();
  if (!(await answers(lab))) return false;
  return (await lab.stack.logs('haproxy', began)).includes(`${name}/${name} `);
}

async function answers({ internet, stack }: Lab): Promise<boolean> {
  const http = internet.does('http');
  for (const family of [4, 6] as const) {
    const seen = await http.get(`${stack.plan().url}/`, { family }).catch(() => undefined);
    if (seen?.status !== 200) return false;
  }
  return true;
}
