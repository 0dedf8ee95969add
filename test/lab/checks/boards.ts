import { loadRelease, newestRelease } from '../../../src/releases/index.ts';
import { answersFor } from '../answers.ts';
import { type Check, ensure, same } from '../check.ts';
import { answer } from '../owner.ts';
import type { Lab } from '../session.ts';

const { whiteboard } = (await loadRelease(newestRelease)).services;
const room = 'weekly';
/** What a stack allows on one board. */
const places = 25;

/** Two draw for each other through the edge, and whoever comes to a full board is sent away. */
async function draw({ internet, lan, stack }: Lab): Promise<void> {
  const { url } = stack.plan();
  const [one, other] = [internet.does('board'), lan.does('board')];
  same(await one.open('ada', url, room), 'first-in-room', 'ada opens the board');
  same(await other.open('bob', url, room), 'joined', 'bob comes to it');
  await one.hears('ada', 'new-user');
  await one.draw('ada', room, 'a circle');
  same(await other.hears('bob', 'client-broadcast'), ['a circle'], 'what bob sees');
  await other.draw('bob', room, 'a square');
  same(await one.hears('ada', 'client-broadcast'), ['a square'], 'what ada sees');
  const more = Array.from({ length: places - 2 }, (_, index) => `guest ${index}`);
  const half = (index: number) => (index % 2 === 0 ? one : other);
  for (const [index, guest] of more.entries())
    same(await half(index).open(guest, url, room), 'joined', guest);
  same(await one.open('late', url, room), 'room-full', 'one more than there are places');
  for (const [index, guest] of more.entries()) await half(index).leave(guest);
  for (const name of ['ada', 'late']) await one.leave(name);
  await other.leave('bob');
}

/** What the document of the room says to somebody. */
async function read({ lan, stack }: Lab): Promise<string> {
  const { status, body } = await lan.does('http').get(`${stack.plan().url}/etherpad/p/${room}`);
  return `${status} ${body}`;
}

async function write({ internet, stack }: Lab): Promise<void> {
  const { url } = stack.plan();
  const { get } = internet.does('http');
  await get(`${url}/etherpad/p/${room}`, { method: 'POST', body: 'Minutes' });
  for (const path of ['admin', 'admin/settings', 'api/1/listAllPads'])
    same((await get(`${url}/etherpad/${path}`)).status, 404, `/etherpad/${path}`);
}

async function containerOf({ stack }: Lab, name: string): Promise<string | undefined> {
  return (await stack.containers()).find(({ service }) => service === name)?.id;
}

/** Whiteboard and documents are switched on on a stack that runs, used through its edge, and switched off one after the other. */
export const boards: Check = {
  name: 'whiteboard and documents: on, used by people, and off on the running stack',
  services: ['whiteboard', 'etherpad', 'web', 'edge'],
  edges: ['nginx', 'haproxy', 'external'],
  long: true,
  images: whiteboard ? [whiteboard.image] : [],
  async run(lab) {
    const { internet, stack, world, edge } = lab;
    const answers = answersFor(world, edge);
    const moveTo = async (extras: readonly string[]) => {
      await answer(lab, { ...answers, extras });
      await stack.script(['up']);
      await stack.healthy();
    };
    await moveTo(['whiteboard', 'documents']);
    await draw(lab);
    await write(lab);
    same(await read(lab), '200 Minutes', 'the document');

    const etherpad = await containerOf(lab, 'etherpad');
    await moveTo(['documents']);
    const alone = await internet.does('board').open('eve', stack.plan().url, room).catch(String);
    ensure(/Unexpected server response/.test(alone), `the board answers still: ${alone}`);
    ensure(!(await containerOf(lab, 'whiteboard')), 'the whiteboard’s container is still there');
    same(await containerOf(lab, 'etherpad'), etherpad, 'the container of the documents');
    same(await read(lab), '200 Minutes', 'the document without the whiteboard');

    await moveTo([]);
    ensure(!(await read(lab)).includes('Minutes'), 'the document is still served');
    ensure(!(await containerOf(lab, 'etherpad')), 'the container of the documents is still there');
    await moveTo(['documents']);
    same(await read(lab), '200 Minutes', 'the document, switched on again');
    await moveTo(['connection-test']);
    return `two draw for each other, ${places} have a place; the document outlives being switched off`;
  },
};
