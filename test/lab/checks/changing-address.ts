import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { answersFor } from '../answers.ts';
import { type Check, ensure } from '../check.ts';
import { answer } from '../owner.ts';
import { until } from '../process.ts';
import type { Lab } from '../session.ts';
import { offerOf } from './bridge.ts';

const name = 'home.example.org';
const yesterday = '11.9.9.9';

/** The router gets another public address, the name follows, and so do bridge and relay: nobody does anything. */
export const changingAddress: Check = {
  name: 'update: the public address changes',
  services: ['jvb', 'coturn'],
  topologies: ['nat'],
  edges: ['nginx'],
  async run(lab) {
    const { world, stack, scratch } = lab;
    const today = world.outside[0] ?? '';
    // Stands for the DNS of everybody, in the two containers that look.
    const hosts = path.join(scratch, 'hosts');
    const points = (address: string) =>
      writeFileSync(hosts, `127.0.0.1 localhost\n${address} ${name}\n`);
    points(yesterday);
    try {
      await answer(lab, {
        ...answersFor(world, 'nginx'),
        network: {
          ...{ exposure: 'nat', fixed: false, addressName: name, ipv6: false, sshPort: 22 },
          lanAddresses: world.own.filter((address) => !address.includes(':')),
        },
        certificates: { source: 'own' },
      });
      const file = path.join(stack.directory, 'compose.override.yaml');
      const { services } = parse(readFileSync(file, 'utf8'));
      for (const service of ['jvb', 'coturn'])
        services[service] = { ...services[service], volumes: [`${hosts}:/etc/hosts:ro`] };
      stack.override({ services });
      await stack.script(['up']);
      await both(lab, yesterday);
      points(today);
      await until('bridge and relay with the new address', 90, () =>
        both(lab, today).then(
          () => true,
          () => false,
        ),
      ).catch(() => both(lab, today));
      await stack.healthy();
      const restarts = (await stack.containers()).filter(({ restarts }) => restarts > 0);
      return `${yesterday}, then ${today}: started anew by themselves: ${restarts.map(({ service }) => service).join(', ')}`;
    } finally {
      const { network, ...before } = answersFor(world, 'nginx') as { network: object };
      await answer(lab, { ...before, network: { ...network, fixed: true } });
      await stack.script(['up']);
    }
  },
};

/** Whether the bridge offers this address to browsers, and the relay lends it out. */
async function both(lab: Lab, address: string): Promise<void> {
  const { sdp } = await offerOf(lab);
  ensure(sdp.includes(address), `the bridge offers ${sdp}`);
  const read = ['grep', '^external-ip=', '/run/coturn/turnserver.conf'];
  const told = await lab.stack.compose(['exec', '-T', 'coturn', ...read]);
  ensure(told.startsWith(`external-ip=${address}/`), `the relay has ${told}`);
}
