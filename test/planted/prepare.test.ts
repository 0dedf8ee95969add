import { execFileSync, spawn } from 'node:child_process';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { answersOf, cases } from '../golden/cases.ts';
import { onDisk } from '../matrix/directory.ts';
import { renderedOf } from '../matrix/stack.ts';
import { containerCommand, inContainer } from '../programs/container.ts';
import { needs } from '../programs/needs.ts';
import { plant, replaceWith, writable } from './plant.ts';
import { holding, surroundings } from './surroundings.ts';

const test = suite('planted: prepare and remember');
const asRoot = await needs(test, 'root');
const mark = 'what nobody else may read';

/** A stack on disk with its `.git`, whose files belong to `owner`, beside somebody else's directory. */
async function scene(answers: string, release: string, owner: number) {
  const raw = JSON.parse(readFileSync(answers, 'utf8'));
  const isOld = release === 'stable-11031';
  // Recorders, on further machines too, and subtitles are refused there.
  const machines = raw.machines?.filter(
    ({ runs }: { runs: string }) => !isOld || runs !== 'recorder',
  );
  const extras = raw.extras?.filter((name: string) => !isOld || name !== 'transcription');
  const { transcription, ...others } = raw;
  const rendered = await renderedOf({
    ...(isOld ? others : raw),
    release,
    ...(machines && { machines }),
    ...(extras && { extras }),
  });
  const { directory: stack, remove } = await onDisk(rendered);
  const victim = mkdtempSync(join(tmpdir(), 'victim-'));
  writeFileSync(join(victim, 'secret'), mark, { mode: 0o600 });
  mkdirSync(join(stack, '.git/hooks'), { recursive: true });
  writeFileSync(join(stack, '.git/config'), mark);
  for (const folder of ['nginx/sites', 'jitsi/prosody'])
    mkdirSync(join(stack, folder), { recursive: true });
  execFileSync('chown', ['-R', `${owner}:${owner}`, stack]);
  const done = () => {
    remove();
    rmSync(victim, { recursive: true, force: true });
  };
  const start = () => {
    for (const name of ['prepare', 'remember']) {
      const service = rendered.plan.services.find((one) => one.name === name);
      if (!service) throw new Error(`There is no ${name}.`);
      const { ok, output } = inContainer(stack, service, service.entrypoint ?? []);
      assert.ok(ok, `${name}: ${output}`);
    }
  };
  const outside = () => ({
    stack: surroundings(stack, ['backups', ...writable(rendered.plan)]),
    victim: surroundings(victim, []),
  });
  return { plan: rendered.plan, stack, victim, start, outside, done };
}

/** In a cluster there is no `prepare`. */
const onServers = cases.filter((one) => answersOf(one).runs === undefined);
let round = 0;
for (const [index, { name, answers }] of onServers.entries()) {
  for (const release of ['stable-11031', 'stable-11146-2']) {
    // Its recorder is refused, and it is what that stack is about.
    if (release === 'stable-11031' && name === 'nat-recording') continue;
    // Whoever has one server is often uid 1000 on it, like the containers.
    const owner = (index + (release === 'stable-11031' ? 1 : 0)) % 2 ? 1234 : 1000;
    asRoot(
      `${name}, ${release}, of uid ${owner}: nothing outside changes, and it starts`,
      async () => {
        const { plan, stack, victim, start, outside, done } = await scene(answers, release, owner);
        start();
        const directories = writable(plan);
        const devices: string[] = [];
        assert.ok(directories.some((path) => path.startsWith('data/prosody')));
        for (const directory of directories) {
          round += 1;
          plant(join(stack, directory), { stack, victim, round });
          // As an old image that ran as root could leave it.
          const device = join(stack, directory, 'device');
          execFileSync('mknod', ['-m', '600', device, 'c', '1', '3']);
          devices.push(device);
        }
        const before = outside();
        const backups = readdirSync(join(stack, 'backups')).sort();
        start();
        start();
        assert.equal(outside(), before);
        assert.equal(readdirSync(join(stack, 'backups')).sort(), backups);
        for (const directory of directories)
          assert.equal(
            holding(join(stack, directory), mark),
            [],
            'copied into a container’s reach',
          );
        for (const device of devices) {
          const { uid, mode } = lstatSync(device);
          assert.equal([uid, mode & 0o777], [0, 0o600], `${device} is still root’s alone`);
        }
        assert.not.ok(existsSync('/tmp/pwned'));
        done();
      },
    );
  }
}

const answers = onServers[0]?.answers ?? '';
asRoot('directories of prosody that are links, pipes or files', async () => {
  const { stack, start, outside, done } = await scene(answers, 'stable-11146-2', 1000);
  start();
  const directory = join(stack, 'data/prosody');
  const before = outside();
  for (const place of ['data', 'replaced', 'data/a%2eb', 'a%2eb']) {
    for (const kind of ['../../..', '../../../nginx/sites', '/stack/certs', 'nowhere', 'pipe']) {
      execFileSync(
        'sh',
        ['-c', 'rm -rf -- * && mkdir -p a%2eb/accounts data/a%2eb/accounts replaced'],
        {
          cwd: directory,
        },
      );
      for (const path of ['a%2eb/accounts', 'data/a%2eb/accounts', 'replaced'])
        writeFileSync(join(directory, path, 'evil.conf'), 'evil');
      execFileSync('chown', ['-R', '1000:1000', directory]);
      replaceWith(directory, place, kind);
      start();
      assert.equal(outside(), before, `${place} is ${kind}`);
    }
  }
  done();
});

asRoot('a directory that becomes a link again and again meanwhile', async () => {
  const { stack, start, outside, done } = await scene(answers, 'stable-11146-2', 1000);
  start();
  const flip = `
    while :; do
      for at in data/a%2eb data/a%2eb/accounts replaced; do
        mkdir -p a%2eb/accounts data/a%2eb/accounts replaced
        printf x >a%2eb/evil.conf; printf x >a%2eb/accounts/evil.conf
        mv -T "$at" aside; ln -sT ../../../nginx/sites "$at"; rm -rf "$at" aside
        ln -sT ../../../../nginx/sites "$at"; rm -rf "$at"
      done
    done`;
  const before = outside();
  const prosody = {
    volumes: [{ source: './data/prosody', target: '/stack/data/prosody', readOnly: false }],
    capabilities: [],
    user: '1000:1000',
  };
  const attack = ['sh', '-c', `cd data/prosody && ${flip}`];
  const [file, words] = containerCommand(stack, prosody, attack);
  // Whoever changes its user no longer ends with its parent: all of them are ended by their group.
  const flipping = spawn(file, words, { stdio: 'ignore', detached: true });
  const ended = new Promise((resolve) => flipping.once('exit', resolve));
  try {
    for (let count = 0; count < 8; count += 1) start();
  } finally {
    process.kill(-Number(flipping.pid), 'SIGKILL');
    await ended;
  }
  assert.equal(outside(), before);
  done();
});

test.run();
