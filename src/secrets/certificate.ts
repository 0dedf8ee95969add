import { chown, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { StackError } from '../errors.ts';

/**
 * Puts a self-signed pair into `certs/` when there is none, so that the edge can start before the real one is there.
 *
 * @param names what it is valid for; the first one is its common name
 * @returns whether it was made
 * @throws StackError when only one of the two files is there
 */
export async function ensureCertificate(
  directory: string,
  names: readonly string[],
): Promise<boolean> {
  const certs = join(directory, 'certs');
  const [chain, key] = [join(certs, 'fullchain.pem'), join(certs, 'privkey.pem')];
  const first = join(certs, '.first');
  // An earlier run was killed between its last two steps.
  if (
    (await exists(key)) &&
    !(await exists(chain)) &&
    (await exists(join(first, 'fullchain.pem')))
  ) {
    await rename(join(first, 'fullchain.pem'), chain);
    await rm(first, { recursive: true });
    return true;
  }
  const [hasChain, hasKey] = await Promise.all([exists(chain), exists(key)]);
  if (hasChain && hasKey) return false;
  if (hasChain || hasKey) {
    throw new StackError({
      where: 'certs/',
      what: `There is ${hasChain ? 'fullchain.pem' : 'privkey.pem'}, but not ${hasChain ? 'privkey.pem' : 'fullchain.pem'}.`,
      fix: 'Put the missing one beside it, or move the other one away.',
    });
  }
  await rm(first, { recursive: true, force: true });
  await mkdir(first, { recursive: true });
  // Loading it takes longer than making the pair, and a stack needs it once.
  const { selfSigned } = await import('./self-signed.ts');
  const pair = await selfSigned(names);
  await writeOnce(join(first, 'privkey.pem'), pair.key, 0o640);
  await writeOnce(join(first, 'fullchain.pem'), pair.certificate, 0o644);
  // The key first: whoever sees the certificate finds its key.
  await rename(join(first, 'privkey.pem'), key);
  await rename(join(first, 'fullchain.pem'), chain);
  await rm(first, { recursive: true });
  return true;
}

/** Containers run as uid 1000; root hands the files over, anybody else leaves that to the first start. */
async function writeOnce(path: string, text: string, mode: number): Promise<void> {
  const file = await open(path, 'wx', mode);
  try {
    await file.writeFile(text);
    await file.chmod(mode);
    await file.sync();
  } finally {
    await file.close();
  }
  if (process.getuid?.() === 0) await chown(path, 1000, 1000);
}

const exists = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  );
