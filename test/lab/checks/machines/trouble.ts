import { ensure, same } from '../../check.ts';
import type { Further } from '../../further.ts';
import type { Lab } from '../../session.ts';
import { complaints, seen, untilSeen } from './scene.ts';

const post = ['curl', '-fsS', '-X', 'POST'];

/** Nobody is cut off: no new meetings, until the last one is over; then it is back. */
export async function drained(lab: Lab, { name, stack, inside }: Further): Promise<void> {
  await inside([...post, 'http://127.0.0.1:8080/offer']);
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
  await stack.script(['drain', '--off']);
  await untilSeen(lab, name, 'yes', 60);
}

/** The network between the two parts without a word to either, and heals: the central machine notices, and nobody has to do anything. */
export async function parted(lab: Lab, { name, cut, heal }: Further): Promise<void> {
  await cut();
  await untilSeen(lab, name, 'yes, and does not answer');
  same(
    await complaints(lab),
    ['bridges-silent'],
    'what ./stack check says of a bridge out of reach',
  );
  await heal();
  await untilSeen(lab, name, 'yes');
  same(await complaints(lab), [], 'what ./stack check says of it afterwards');
}
