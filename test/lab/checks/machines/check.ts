import { rmSync } from 'node:fs';
import path from 'node:path';
import { answersFor } from '../../answers.ts';
import { type Check, same } from '../../check.ts';
import { type Further, openFurther } from '../../further.ts';
import { hostFirewall } from '../../host-firewall.ts';
import { answer } from '../../owner.ts';
import type { Lab } from '../../session.ts';
import { removed, rotated } from './changes.ts';
import { bridges, join, names, seen, untilSeen } from './scene.ts';
import { dead, drained, parted, twins } from './trouble.ts';
import { believesAnother, strangers } from './trust.ts';

/** The owner adds two machines to a stack that runs, lives with them, and takes them away again. */
export const machines: Check = {
  name: 'machines: two further bridges, from the first start to the last',
  services: ['prosody', 'jicofo'],
  topologies: ['public'],
  edges: ['nginx'],
  long: true,
  async run(lab) {
    const { stack, world, edge } = lab;
    const answers = answersFor(world, edge);
    const wanted = { ...answers, machines: bridges(...names) };
    await answer(lab, wanted);
    await stack.script(['up']);
    const firewall = hostFirewall(lab, 'nftables');
    await firewall.install();
    const further: Further[] = [];
    try {
      for (const number of [0, 1] as const)
        further.push(await openFurther(lab, names[number], number));
      const [b1, b2] = further as [Further, Further];
      same(await seen(lab), { central: 'yes', b1: 'no', b2: 'no', code: '1' }, 'before they start');
      for (const machine of further) {
        await join(machine);
        await guard(lab, machine);
      }
      same(await seen(lab), { central: 'yes', b1: 'yes', b2: 'yes', code: '0' }, 'all of them');
      await strangers(lab, further);
      await believesAnother(lab, b1, () => untilSeen(lab, 'b1', 'no', 180));
      await drained(lab, b1);
      await parted(lab, b1);
      await dead(lab, b2);
      await twins(lab, wanted, b2, 'b1');
      await rotated(lab, further);
      await b2.stack.script(['drain']);
      await removed(lab, { ...answers, machines: bridges('b1') }, b2, firewall);
      same(await seen(lab), { central: 'yes', b1: 'yes', code: '0' }, 'those that are left');
    } finally {
      for (const machine of further.reverse()) await machine.leave();
      await firewall.call(['remove', '--yes']);
      await answer(lab, { ...answers, machines: [] });
      await stack.script(['up']);
      rmSync(path.join(lab.scratch, 'machines'), { recursive: true, force: true });
    }
    return 'signed in over verified TLS, closed to strangers; another certificate, drained, parted, dead and back, one name twice, new passwords, one removed';
  },
};

/** The machine's own firewall, as its README says. */
async function guard(lab: Lab, { at, engine, stack, name }: Further): Promise<void> {
  const scratch = path.join(lab.scratch, 'machines', name);
  const there = { ...lab, engine, stack, scratch, world: { ...lab.world, server: at } };
  await hostFirewall(there, 'nftables').install();
}
