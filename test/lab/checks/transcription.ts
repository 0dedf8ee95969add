import { readFileSync } from 'node:fs';
import path from 'node:path';
import { image } from '../../../blueprints/extra-transcription/image.ts';
import { answersFor } from '../answers.ts';
import { type Check, ensure, same } from '../check.ts';
import { answer } from '../owner.ts';
import { until } from '../process.ts';
import type { Lab } from '../session.ts';
import { addresses } from '../world/addresses.ts';
import { start } from '../world/namespace.ts';

const [owners] = addresses.client;
const port = 8000;
const key = 'given-by-its-owner';
const scripts = path.join(import.meta.dirname, '../recogniser');

/** What a bridge is told that says one word, where and as the focus of the running stack would send it. */
async function said({ stack }: Lab): Promise<string> {
  const told = async (name: string) =>
    (
      await stack.compose([
        'exec',
        '-T',
        'jicofo',
        'printenv',
        `CONFIG_FORCE_jicofo_transcription_${name}`,
      ])
    ).trim();
  const url = (await told('url__template')).replace('{{MEETING_ID}}', '0b9f4c6e');
  const header = await told('http__headers_X__Custom__Openai__Api__Key');
  const input = readFileSync(path.join(scripts, 'bridge.cjs'), 'utf8');
  const words = ['exec', '-T', 'transcription', 'node', '-', url, header];
  return (await stack.compose(words, { input })).trim();
}

async function modulesOf({ stack }: Lab, rooms: string): Promise<string> {
  const { prosodyConfig } = stack.plan().release;
  const shell = ['prosodyctl', '--config', prosodyConfig, 'shell', `module:list("${rooms}")`];
  return stack.compose(['exec', '-T', 'prosody', ...shell]);
}

/** The owner wants subtitles on a stack that runs, with a server that wants a key, and gives them up again. */
export const transcription: Check = {
  name: 'transcription: a word goes to the owner’s server and comes back as text, and off on the running stack',
  services: ['transcription', 'jicofo', 'prosody'],
  topologies: ['public'],
  edges: ['nginx'],
  long: true,
  images: [image.name],
  async run(lab) {
    const { stack, world, edge } = lab;
    const script = path.join(scripts, 'realtime.mjs');
    const server = start(world.internet, [process.execPath, script, owners, String(port), key]);
    try {
      await until('the server listens', 60, async () =>
        (await world.internet.run(['ss', '-Hlnt'])).includes(`${owners}:${port}`),
      );
      const answers = answersFor(world, edge);
      const address = `ws://${owners}:${port}/v1/realtime?intent=transcription`;
      const wanted = { server: address, serverKey: true };
      await answer(lab, {
        ...answers,
        extras: ['connection-test', 'transcription'],
        transcription: wanted,
      });
      const without = await stack.tryScript(['up']);
      ensure(without.code !== 0, 'it starts without the key that its server wants');
      ensure(
        /TRANSCRIPTION_SERVER_KEY/.test(without.stdout + without.stderr),
        'the key that is missing is not named',
      );
      const enteringKey = ['secret', 'TRANSCRIPTION_SERVER_KEY'];
      await stack.script(enteringKey, { input: 'guess\n' });
      await stack.script(['up']);
      await stack.healthy();
      ensure(/closed with 1011/.test(await said(lab)), 'a wrong key is taken');
      await stack.script(enteringKey, { input: `${key}\n` });
      await stack.script(['up']);
      await stack.healthy();
      const heard = 'a1b2c3d4: heard good morning at /v1/realtime?intent=transcription';
      same(await said(lab), heard, 'what the room is told');
      for (const rooms of ['muc.meet.jitsi', 'breakout.meet.jitsi'])
        ensure(
          /transcription_by_bridge/.test(await modulesOf(lab, rooms)),
          `${rooms} is not marked`,
        );

      await answer(lab, answers);
      await stack.script(['up']);
      await stack.healthy();
      const left = (await stack.containers()).map(({ service }) => service);
      ensure(!left.includes('transcription'), 'its container is still there');
      ensure(
        !/transcription_by_bridge/.test(await modulesOf(lab, 'muc.meet.jitsi')),
        'rooms are still marked',
      );
      return 'a missing and a wrong key are said; a word comes back as text, in the words that the focus is told';
    } finally {
      await server.stop();
    }
  },
};
