import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { StackError } from '../errors.ts';

interface Places {
  readonly chain: string;
  readonly key: string;
  /** Where a new pair is until both files are whole: beside their names, because a container may write in `certs/` too. */
  readonly newChain: string;
  readonly newKey: string;
}

const placesIn = (directory: string): Places => ({
  chain: join(directory, 'certs/fullchain.pem'),
  key: join(directory, 'certs/privkey.pem'),
  newChain: join(directory, 'certs/.first.pem'),
  newKey: join(directory, 'certs/.first.key'),
});

/**
 * Whether `ensureCertificate` would put a pair into `certs/`; writes nothing.
 *
 * @throws StackError when only one of the two files is there
 */
export async function lacksCertificate(directory: string): Promise<boolean> {
  const places = placesIn(directory);
  const [hasChain, hasKey] = await Promise.all([exists(places.chain), exists(places.key)]);
  if (hasChain && hasKey) return false;
  if ((hasChain || hasKey) && !(await isHalfMoved(places))) {
    throw new StackError({
      where: 'certs/',
      what: `There is ${hasChain ? 'fullchain.pem' : 'privkey.pem'}, but not ${hasChain ? 'privkey.pem' : 'fullchain.pem'}.`,
      fix: 'Put the missing one beside it, or move the other one away.',
    });
  }
  return true;
}

/**
 * Puts a self-signed pair into `certs/` when there is none, so that the edge can start before the real one is there.
 *
 * @param names what it is valid for
 * @returns whether it was made
 * @throws StackError when only one of the two files is there
 */
export async function ensureCertificate(
  directory: string,
  names: readonly string[],
): Promise<boolean> {
  if (!(await lacksCertificate(directory))) return false;
  const places = placesIn(directory);
  const { chain, key, newChain, newKey } = places;
  if (await isHalfMoved(places)) {
    await rename(newChain, chain);
    return true;
  }
  await mkdir(join(directory, 'certs'), { recursive: true });
  for (const rest of [newKey, newChain]) await rm(rest, { recursive: true, force: true });
  // Loading it takes longer than making the pair, and a stack needs it once.
  const { selfSigned } = await import('./self-signed.ts');
  const pair = await selfSigned(names);
  await writeOnce(newKey, pair.key, 0o640);
  await writeOnce(newChain, pair.certificate, 0o644);
  // The key first: whoever sees the certificate finds its key.
  await rename(newKey, key);
  await rename(newChain, chain);
  return true;
}

/** An earlier run was killed between its last two steps. */
async function isHalfMoved({ chain, key, newChain }: Places): Promise<boolean> {
  const [hasKey, hasChain, hasNew] = await Promise.all([key, chain, newChain].map(exists));
  return hasKey === true && hasChain === false && hasNew === true;
}

/**
 * A new file, whatever is there: never through a link. Containers run as uid 1000; root hands it over, by its handle because the
 * name may be another file's by now. Anybody else leaves that to the first start.
 */
async function writeOnce(path: string, text: string, mode: number): Promise<void> {
  const file = await open(path, 'wx', mode);
  try {
    await file.writeFile(text);
    await file.chmod(mode);
    if (process.getuid?.() === 0) await file.chown(1000, 1000);
    await file.sync();
  } finally {
    await file.close();
  }
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
