import { existsSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkout, pack } from '../package/packed.ts';
import { filesBelow } from '../package/tree.ts';
import { must } from '../programs/command.ts';

const cache = join(checkout, '.cache/bench');

/** A program that asks a few questions and then writes a project. */
export interface Tool {
  readonly name: string;
  /** As npm installs it. */
  readonly spec: string;
  readonly entry: string;
  /** Words that make it create something below an empty working directory without asking. */
  readonly create: string;
  readonly creates: string;
  /** Words after which it asks; left out where it never does. */
  readonly ask?: string;
}

/** Where npm has put a tool. */
export interface Installed extends Tool {
  readonly home: string;
  readonly words: readonly string[];
}

const own: Omit<Tool, 'spec'> = {
  name: 'create-jitsi-stack',
  entry: 'create-jitsi-stack/dist/cli.js',
  create:
    'stack --yes --domain meet.example.org --certificates self-signed' +
    ' --network-exposure public --network-public-addresses 203.0.113.7',
  creates: 'files, secrets, certificate, git commit',
  ask: '',
};

const peers: readonly Tool[] = [
  {
    name: 'create-vite',
    spec: 'create-vite@9',
    entry: 'create-vite/index.js',
    create: 'app --template vanilla-ts --no-interactive',
    creates: 'files',
    ask: '',
  },
  {
    name: 'sv',
    spec: 'sv@0.17',
    entry: 'sv/dist/bin.mjs',
    create: 'create app --template minimal --types ts --no-add-ons --no-install',
    creates: 'files',
    ask: 'create',
  },
  {
    name: 'projen new',
    spec: 'projen@0.103',
    entry: 'projen/bin/projen',
    create: 'new project --name bench --no-post',
    creates: 'files, git commit',
  },
];

/** This project's package as npm would install it, and its peers, each in a directory of its own. */
export async function installTools(): Promise<{
  own: Installed;
  peers: readonly Installed[];
  packedBytes: number;
}> {
  mkdirSync(cache, { recursive: true });
  const { tarball } = await pack(cache);
  rmSync(join(cache, own.name), { recursive: true, force: true });
  const installed: Installed[] = [];
  for (const peer of peers) installed.push(await install(peer));
  return {
    own: await install({ ...own, spec: tarball }),
    peers: installed,
    packedBytes: statSync(tarball).size,
  };
}

async function install(tool: Tool): Promise<Installed> {
  const home = join(cache, tool.name.replace(' ', '-'));
  const entry = join(home, 'node_modules', tool.entry);
  if (!existsSync(entry)) {
    mkdirSync(home, { recursive: true });
    writeFileSync(join(home, 'package.json'), '{ "private": true }\n');
    console.error(`Installing ${tool.spec} …`);
    const quiet = ['--ignore-scripts', '--no-audit', '--no-fund'];
    await must('npm', ['install', ...quiet, tool.spec], { cwd: home, timeout: 300_000 });
  }
  return { ...tool, home, words: [process.execPath, entry] };
}

/** Everything that npm put there: the tool and what it depends on. */
export function installedSize({ home }: Installed): { bytes: number; files: number } {
  const modules = join(home, 'node_modules');
  const files = filesBelow(modules);
  const bytes = files.reduce((sum, path) => sum + statSync(join(modules, path)).size, 0);
  return { bytes, files: files.length };
}
