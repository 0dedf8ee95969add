import path from 'node:path';
import { loadRelease } from '../../../../src/releases/index.ts';
import { answersFor } from '../../answers.ts';
import { type Check, ensure, same } from '../../check.ts';
import { type Further, openFurther } from '../../further.ts';
import { answer } from '../../owner.ts';
import { until } from '../../process.ts';
import type { Lab } from '../../session.ts';
import { openStack, type Stack } from '../../stack.ts';
import { newer, older } from '../../upgrade/scene.ts';
import { bridges, complaints, join, names, seen, start, untilSeen } from './scene.ts';
import { emptied, meet } from './trouble.ts';

const { services } = await loadRelease(older);
const all = { central: 'yes', b1: 'yes', b2: 'yes', code: '0' };

/** The releases of the images of Jitsi that run there. */
async function running(stack: Stack): Promise<string[]> {
  const images = (await stack.docker(['ps', '--format', '{{.Image}}'])).trim().split('\n');
  const own = images.filter((image) => image.includes('jitsi/'));
  return [...new Set(own.map((image) => image.slice(image.lastIndexOf(':') + 1)))];
}

/** The container in which people meet on this machine; it fails when nobody does. */
async function meeting({ name, stack }: Further): Promise<string | undefined> {
  const said = await stack.script(['status']);
  ensure(/^people +[1-9]/m.test(said), `nobody meets on ${name} any more: ${said}`);
  return (await stack.containers())[0]?.id;
}

/** Waits until `./stack check` names these as of another release, or nobody, and has nothing else to say about bridges. */
async function untilBehind(lab: Lab, behind?: string): Promise<void> {
  const advice =
    'Those of two releases share no meeting: update what is behind, each as its README says';
  const wanted = behind
    ? { 'bridge-releases': `of another release than central: ${behind}. ${advice}` }
    : {};
  let last = '';
  await until(`./stack check says ${JSON.stringify(wanted)}`, 120, async () => {
    last = JSON.stringify(await complaints(lab));
    return last === JSON.stringify(wanted);
  }).catch((error) => {
    throw new Error(`${error.message}; it says ${last}`);
  });
}

/** One machine follows, as its README says, while people meet on the other. */
async function follow(lab: Lab, machine: Further, other: Further): Promise<void> {
  await meet(other);
  const before = await meeting(other);
  await machine.bring();
  await machine.pull();
  await emptied(lab, machine);
  await start(machine);
  // Prosody keeps the place of the container before for a minute.
  await untilSeen(lab, machine.name, 'yes', 240);
  same(await running(machine.stack), [newer], `what runs on ${machine.name}`);
  same(await meeting(other), before, `the container of the meeting on ${other.name}`);
}

/** Another stack takes the server’s place, of an older release and with two further machines; its owner upgrades all three. */
export const oneAfterTheOther: Check = {
  name: 'machines: upgrade, one after the other, with meetings going on',
  services: ['prosody', 'jicofo'],
  topologies: ['public'],
  edges: ['nginx'],
  long: true,
  images: ['web', 'prosody', 'jicofo', 'jvb'].flatMap((name) => services[name]?.image ?? []),
  async run(lab) {
    const { world, edge, scratch, engine } = lab;
    await lab.stack.script(['down']);
    const stack = openStack(path.join(scratch, 'older'), () => engine.environment);
    const there = { ...lab, stack };
    const further: Further[] = [];
    try {
      await answer(there, {
        ...answersFor(world, edge),
        release: older,
        certificates: { source: 'self-signed' },
        firewall: [],
        machines: bridges(...names),
      });
      await stack.script(['up']);
      for (const number of [0, 1] as const)
        further.push(await openFurther(there, names[number], number));
      const [b1, b2] = further as [Further, Further];
      for (const machine of further) {
        await join(machine);
        same(await running(machine.stack), [older], `what runs on ${machine.name}`);
        await meet(machine);
      }
      same(await seen(there), all, 'all of the older release');
      same(await complaints(there), {}, 'what ./stack check says of them');
      const met = await Promise.all(further.map(meeting));

      await answer(there, { release: newer });
      const said = await stack.script(['upgrade', '--yes']);
      ensure(said.includes('The further machines (b1 b2) are still what they were'), said);
      same(await running(stack), [newer], 'what runs on the central machine');
      for (const { name } of further) await untilSeen(there, name, 'yes');
      same(await Promise.all(further.map(meeting)), met, 'the containers of the meetings');
      await untilBehind(there, 'b1, b2');

      await follow(there, b1, b2);
      await untilBehind(there, 'b2');
      await follow(there, b2, b1);
      await untilBehind(there);
      same(await seen(there), all, 'all of the newer release');
      await stack.script(['status']);
    } finally {
      for (const machine of further.reverse()) await machine.leave();
      await stack.tryCompose(['down', '--volumes', '--timeout', '2']);
      await lab.stack.script(['up']);
    }
    return `the central machine, then both others from ${older} to ${newer}: those behind are named, meetings on the other go on`;
  },
};
