import { perSource } from '../../../src/plan/per-source.ts';
import { portsOf } from '../../../src/plan/ports.ts';
import { wordsToAsk } from '../../blueprints/firewall/relay-apart.ts';
import { answersFor } from '../answers.ts';
import { type Check, ensure, same } from '../check.ts';
import { type HostFirewall, hostFirewall, type Kind } from '../host-firewall.ts';
import { answer } from '../owner.ts';
import { until } from '../process.ts';
import type { Lab } from '../session.ts';
import { answering, scan } from './ports.ts';
import { amongStrangers, detours, echoPort, ssh, strange } from './strangers.ts';

/** Seen from outside: the port table, SSH and nothing else; and the page. */
async function guarded(lab: Lab, when: string): Promise<void> {
  const { stack, internet } = lab;
  try {
    await stack.healthy();
    await scan(lab, ssh);
    same(await detours(lab), [], 'what a neighbour’s route leads to');
    for (const family of [4, 6] as const) {
      const page = await internet.does('http').get(`${stack.plan().url}/`, { family });
      same(page.status, 200, `the page over IPv${family}`);
    }
  } catch (error) {
    throw new Error(`${when}: ${error instanceof Error ? error.message : error}`);
  }
}

/** Each source has its share of the relay, and the relay does not reach the server's own programs. */
async function limited({ world, stack, internet, lan }: Lab): Promise<string> {
  const relay = portsOf(stack.plan()).server.find(({ lastPort }) => lastPort);
  ensure(relay?.lastPort, 'the port table has no range of a relay in the server’s own network');
  for (const address of world.own)
    for (const [user, wanted] of [
      [1000, 'silence'],
      [0, 'answered'],
    ] as const) {
      const from = { address, port: relay.lastPort - 1 };
      const to = { address, port: echoPort };
      const said = await world.server.run(wordsToAsk(user, from, to, 3000));
      same(said.trim(), wanted, `user ${user}, from a port of the relay to ${address}`);
    }
  const flood = internet.does('flood');
  const [host = ''] = world.outside;
  try {
    const open = await flood.hold(host, 3478, perSource.flows + 300, '00');
    ensure(open <= perSource.flows, `${open} flows of one address to the relay are open`);
    ensure(open > 0, 'nothing reaches the relay at all');
    const seen = await lan.does('turn').seen({ transport: 'tcp', host, port: 3478 });
    ensure(seen, 'somebody else gets no answer of the relay');
    return `${open} of ${perSource.flows + 300} flows of one source`;
  } finally {
    await flood.release();
  }
}

/** The owner has the stack's first firewall in force and chooses this one instead; nothing else of the stack changes. */
async function changeTo(lab: Lab, kind: Kind, own: HostFirewall): Promise<void> {
  const { world, edge, engine, stack } = lab;
  if (kind === 'nftables') return;
  await own.install();
  await guarded(lab, 'with nftables');
  if (kind === 'firewalld') {
    await own.boot();
    // firewalld throws Docker's rules away when it starts: everybody is told to do this.
    await engine.restart();
    await stack.healthy();
  }
  await answer(lab, { ...answersFor(world, edge), firewall: [kind] });
}

/** Nobody confirms it, and what was there before is back: with firewalld its own rules, which do not know the relay yet. */
async function undone(lab: Lab, own: HostFirewall): Promise<void> {
  const before = await answering(lab, strange);
  await own.call(['apply', '--yes'], 1);
  await own.undone();
  same(await answering(lab, strange), before, 'what answers when nobody had confirmed it');
}

async function showsPage({ internet, stack }: Lab): Promise<boolean> {
  const page = internet.does('http').get(`${stack.plan().url}/`, { family: 4 });
  return (await page.catch(() => undefined))?.status === 200;
}

async function trial(lab: Lab, kind: Kind, own: HostFirewall): Promise<string> {
  const { engine } = lab;
  await changeTo(lab, kind, own);
  await undone(lab, own);
  await own.install();
  await guarded(lab, 'in force');
  const tables = (await own.rules()).includes('table inet jitsi_stack');
  same(tables, kind === 'nftables', 'whether nftables has a table of this stack');
  await engine.restart();
  await guarded(lab, 'after a restart of Docker');
  await own.reload();
  // Those two flush Docker's rules as well, and everybody is told to start it anew then.
  if (kind === 'nftables' || kind === 'iptables') await engine.restart();
  await guarded(lab, 'after its own reload');
  await engine.restart(async () => {
    await own.cut();
    await own.boot();
  });
  await guarded(lab, 'after a reboot');
  const share = await limited(lab);
  await own.call(['status']);
  await own.call(['remove', '--yes']);
  const left = (await own.rules()).split('\n').filter((line) => /jitsi/i.test(line));
  same(left, [], 'what is left of it');
  await until('the page without it', 60, () => showsPage(lab));
  // firewalld's own rules close what the server itself answers; they go with it, and Docker starts anew.
  if (kind === 'firewalld') await engine.restart(own.cut);
  await lab.stack.healthy();
  await scan(lab, strange);
  return `published, host-network, loopback-published and routed ports, IPv4 and IPv6, SSH stays; ${kind === 'nftables' ? 'open again' : 'nftables back'} without confirmation; after restarts of Docker and of its own, and a reboot; ${share}; gone without a trace`;
}

function check(kind: Kind): Check {
  return {
    name: `firewall: ${kind} on the engine, through restarts and a reboot`,
    services: ['edge', 'coturn'],
    topologies: ['public'],
    edges: ['nginx'],
    long: true,
    async run(lab) {
      const own = hostFirewall(lab, kind);
      try {
        return await amongStrangers(lab, () => trial(lab, kind, own));
      } finally {
        await own.forget();
        await answer(lab, answersFor(lab.world, lab.edge));
        await lab.stack.healthy();
      }
    },
  };
}

/** Each firewall of the server itself, seen from outside on the real engine; all but the first take over from nftables. */
export const hostFirewalls: readonly Check[] = (
  ['nftables', 'iptables', 'ufw', 'firewalld'] as const
).map(check);
