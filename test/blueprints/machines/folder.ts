import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { renderedOf } from '../../matrix/stack.ts';

const fakePrograms = fileURLToPath(new URL('../operations/programs/', import.meta.url));

/** The folder of a machine as it was brought there, and what plays Docker beside it. */
export interface Folder {
  readonly path: string;
  readonly fake: string;
  /** Writes a file of the fake’s world. */
  readonly say: (name: string, text: string) => void;
  readonly calls: () => string;
  readonly run: (...words: string[]) => { code: number | null; out: string; err: string };
  readonly remove: () => void;
}

/** A machine of its own for each call, written as this entry of `machines` has it. */
export async function folderOf(machine: string, more: object = {}): Promise<() => Folder> {
  const name = machine.split(':')[0] ?? '';
  const { files } = await renderedOf({
    domain: 'meet.example.org',
    network: { exposure: 'public', publicAddresses: ['203.0.113.7'] },
    certificates: { source: 'own' },
    firewall: ['nftables'],
    machines: machine,
    ...more,
  });
  const own = files.filter(({ path }) => path.startsWith(`machines/${name}/`));
  return () => {
    const root = mkdtempSync(join(tmpdir(), 'machine-'));
    const [path, fake] = [join(root, name), join(root, 'fake')];
    mkdirSync(fake);
    for (const file of own) {
      const place = join(root, file.path.slice('machines/'.length));
      mkdirSync(dirname(place), { recursive: true });
      writeFileSync(place, file.text);
      if (file.executable) chmodSync(place, 0o755);
    }
    const say = (file: string, text: string) => writeFileSync(join(fake, file), text);
    for (const file of ['calls', 'fail']) say(file, '');
    // No timer of this machine's is touched.
    say('systemctl', '#!/bin/sh\nexit 1\n');
    chmodSync(join(fake, 'systemctl'), 0o755);
    return {
      ...{ path, fake, say },
      calls: () => readFileSync(join(fake, 'calls'), 'utf8'),
      run: (...words) => {
        const { status, stdout, stderr } = spawnSync(join(path, 'stack'), words, {
          encoding: 'utf8',
          env: {
            ...process.env,
            PATH: `${fake}:${fakePrograms}:${process.env.PATH}`,
            FAKE: fake,
            STACK_TIMEOUT: '1',
            STACK_FIREWALL: join(fake, 'firewall'),
            STACK_UNITS: join(fake, 'units'),
          },
        });
        return { code: status, out: stdout, err: stderr };
      },
      remove: () => rmSync(root, { recursive: true, force: true }),
    };
  };
}

/** The one container of a machine, as Docker tells of it. */
export function running(folder: Folder, service: string): void {
  folder.say('containers', `${service}|running|healthy|2100-01-01T00:00:00Z|0\n`);
}
