import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { must } from '../programs/command.ts';
import type { RenderedStack } from './stack.ts';

let pair: Promise<string> | undefined;

/** Writes the files of a stack that pass the filter, with a certificate and secrets as a first start would have them. */
export async function onDisk(
  { plan, files }: RenderedStack,
  wanted: (path: string) => boolean = () => true,
): Promise<{ directory: string; remove: () => void }> {
  const directory = mkdtempSync(join(tmpdir(), 'stack-'));
  for (const { path, text, executable } of files) {
    if (!wanted(path)) continue;
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), text);
    if (executable) chmodSync(join(directory, path), 0o755);
  }
  pair ??= makePair();
  cpSync(await pair, join(directory, 'certs'), { recursive: true });
  mkdirSync(join(directory, 'data', 'acme-challenge'), { recursive: true });
  const secrets = plan.secrets.map(({ name }) => `${name}=0123456789abcdef0123456789abcdef\n`);
  writeFileSync(join(directory, '.env'), secrets.join(''));
  // Something that was started in it may still be on its way out.
  const remove = () => rmSync(directory, { recursive: true, force: true, maxRetries: 9 });
  return { directory, remove };
}

/** One self-signed pair for all. */
async function makePair(): Promise<string> {
  const directory = mkdtempSync(join(tmpdir(), 'stack-pair-'));
  process.on('exit', () => rmSync(directory, { recursive: true, force: true }));
  await must('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'],
    ...['-subj', '/CN=meet.example.org', '-days', '2'],
    ...['-keyout', join(directory, 'privkey.pem'), '-out', join(directory, 'fullchain.pem')],
  ]);
  return directory;
}
