import { type Engine, startEngine, stopEngine } from './engine.ts';
import { buildImages, prepareImages } from './images.ts';
import { run } from './process.ts';
import type { Narrate } from './session.ts';
import type { World } from './world/world.ts';

/** An engine at the server that has the official images. It cannot fetch any itself: nothing there leads to a mirror. */
export async function engineWithOfficial(
  images: readonly string[],
  { server }: World,
  narrate: Narrate,
): Promise<Engine> {
  narrate('pulling the official images');
  const puller = await startEngine();
  try {
    // What a stack builds itself is in no registry: with official images such an edge does not start here.
    for (const image of images.filter((name) => !name.startsWith('localhost/')))
      await run('docker', ['pull', '-q', image], { env: puller.environment });
  } finally {
    await stopEngine(puller);
  }
  return startEngine({ namespace: server.name });
}

/** The same with the images that stand in, which are built first when a recipe has changed. */
export async function engineWithStandIns(
  images: readonly string[],
  { server }: World,
  narrate: Narrate,
): Promise<Engine> {
  narrate('the engine');
  const engine = await startEngine({ namespace: server.name });
  try {
    await buildImages(engine, images);
    return engine;
  } catch {
    await stopEngine(engine);
  }
  narrate('building images; this takes minutes, once');
  await prepareImages(images);
  return startEngine({ namespace: server.name });
}
