import { ensure, same } from '../../check.ts';
import type { Further } from '../../further.ts';
import { run } from '../../process.ts';
import type { Lab } from '../../session.ts';
import { complaints, join, seen, untilSeen } from './scene.ts';

const post = ['curl', '-fsS', '-X', 'POST'];

/** Somebody meets on it. */
export async function meet({ inside }: Further): Promise<void> {
  await inside([...post, 'http://127.0.0.1:8080/offer']);
}

/** Nobody is cut off: no new meetings, until the last one is over. */
export async function emptied(lab: Lab, further: Further): Promise<void> {
  const { name, stack, inside } = further;
  await meet(further);
  const early = await stack.tryScript(['up']);
  ensure(early.code === 1 && early.stderr.includes('would be cut off'), early.stderr);
  let over = false;
  const draining = stack.script(['drain']).finally(() => {
    over = true;
  });
  await untilSeen(lab, name, 'yes, without new meetings', 60);
  same((await seen(lab)).code, '0', 'the exit code of ./stack bridges while one drains');
  ensure(!over, 'drain did not wait for the meeting');
  await inside([...post, 'http://127.0.0.1:8080/leave']);
  await draining;
}

/** The same, and then it is back. */
export async function drained(lab: Lab, further: Further): Promise<void> {
  await emptied(lab, further);
  await further.stack.script(['drain', '--off']);
  await untilSeen(lab, further.name, 'yes', 60);
}

/** The network between the two parts without a word to either, and heals: the central machine notices, and nobody has to do anything. */
export async function parted(lab: Lab, { name, cut, heal }: Further): Promise<void> {
  await cut();
  await untilSeen(lab, name, 'yes, and does not answer');
  same(
    Object.keys(await complaints(lab)),
    ['bridges-silent'],
    'what ./stack check says of a bridge out of reach',
  );
  await heal();
  await untilSeen(lab, name, 'yes');
  same(await complaints(lab), {}, 'what ./stack check says of it afterwards');
}

/** The machine loses its power, and starts again. */
export async function dead(lab: Lab, { name, cut, heal, engine, stack }: Further): Promise<void> {
  await cut();
  const [bridge] = await stack.containers();
  ensure(bridge, `${name} runs nothing`);
  process.kill(bridge.pid, 'SIGKILL');
  await engine.restart(async () => {
    await untilSeen(lab, name, 'yes, and does not answer');
    await heal();
  });
  // Its place is free when prosody has given up the old connection, for which nobody answers any more.
  await untilSeen(lab, name, 'yes', 400);
  await stack.script(['status']);
}

/** Two bridges of one name: the answers refuse them, and a folder on the wrong machine is seen, because another one is missing. */
export async function twins(lab: Lab, answers: object, copy: Further, of: string): Promise<void> {
  const { stack } = lab;
  const files = () => run('cat', ['jitsi-stack.json', 'compose.yaml'], { cwd: stack.directory });
  const before = await files();
  const machines = (answers as { machines: object[] }).machines;
  const twice = { ...answers, machines: machines.map((one) => ({ ...one, name: of })) };
  const told = await stack.generate(twice).then(() => '', String);
  ensure(told.includes(`Two machines are called “${of}”`), told);
  ensure(before === (await files()), 'answers that were refused have been written');

  await copy.stack.script(['down']);
  await copy.bring(of);
  await copy.stack.script(['up']);
  await untilSeen(lab, copy.name, 'no');
  same((await seen(lab)).code, '1', 'the exit code of ./stack bridges with two of one name');
  await copy.stack.script(['down', '--now']);
  await join(copy);
  await untilSeen(lab, copy.name, 'yes');
}
