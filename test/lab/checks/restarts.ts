import { type Check, ensure } from '../check.ts';
import { edgeServices, sharesPort } from '../edges.ts';
import { until } from '../process.ts';
import type { Lab } from '../session.ts';
import { clientAddresses } from './addresses.ts';

/** Who works in the network of another, and how HAProxy's log names the way through it. */
const guests = {
  'go-mmproxy': 'go-mmproxy/go-mmproxy ',
  'relay-go-mmproxy': 'coturn-443/coturn-443 ',
} as const;

/**
 * Whatever of the edge is killed, restarted or made anew, and when the whole server restarts: page and relay are there
 * soon, and what works in the network of another comes back by itself or with `./stack up`.
 */
export const restarts: Check = {
  name: 'edge: killed, restarted, recreated; the server rebooted',
  services: ['edge'],
  // With NGINX alone the checks of kills and of the firewall do that.
  edges: ['haproxy', 'haproxy-go-mmproxy'],
  async run(lab) {
    const { stack, engine } = lab;
    const times: string[] = [];
    const trial = async (what: string, act: () => Promise<unknown>) => {
      const began = Date.now();
      await act();
      await until(`page and relay after ${what}`, 60, () => answers(lab));
      times.push(`${what} ${Math.round((Date.now() - began) / 1000)} s`);
    };
    const names = edgeServices(stack.plan());
    const present = Object.keys(guests).filter((name) => names.includes(name));
    const welcome = async () => {
      for (const name of present as (keyof typeof guests)[])
        await until(`${name} works again`, 60, () => works(lab, guests[name]));
    };
    for (const name of names) {
      await trial(`kill ${name}`, () => kill(lab, name));
      await trial(`restart ${name}`, () => stack.compose(['restart', '--timeout', '2', name]));
      await welcome();
      if (present.includes(name)) continue;
      await trial(`recreate ${name}`, () =>
        stack.compose(['up', '--detach', '--no-deps', '--force-recreate', name]),
      );
      await stack.script(['up']);
      await welcome();
    }
    await trial('reboot', () => engine.restart());
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

/** HAProxy sends people through it, not past it. */
async function works(lab: Lab, way: string): Promise<boolean> {
  const began = new Date();
  if (!(await answers(lab))) return false;
  return (await lab.stack.logs('haproxy', began)).includes(way);
}

/** The page, and the relay where it is on the same port, over both families. */
async function answers({ internet, stack, world }: Lab): Promise<boolean> {
  const plan = stack.plan();
  for (const family of [4, 6] as const) {
    const page = internet.does('http').get(`${plan.url}/`, { family });
    if ((await page.catch(() => undefined))?.status !== 200) return false;
  }
  if (!sharesPort(plan)) return true;
  for (const host of world.outside) {
    const name = String(plan.answers.turn.domain);
    const relay = internet.does('turn').seen({ transport: 'tls', host, port: 443, name });
    if (!(await relay.catch(() => ''))) return false;
  }
  return true;
}
