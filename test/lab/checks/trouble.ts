import { closeSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';
import { type Check, ensure, same } from '../check.ts';
import type { Lab } from '../session.ts';
import { person, tryLogin } from './people.ts';

/** Starts from nothing, which must fail: with a sentence in the log of `prepare` and in what `./stack up` says. */
async function refuses({ stack }: Lab, sentence: RegExp): Promise<void> {
  await stack.compose(['down', '--timeout', '5']);
  const plain = await stack.tryCompose(['up', '--detach']);
  ensure(plain.code !== 0, 'docker compose up says that all is well');
  const log = await stack.logs('prepare');
  ensure(sentence.test(log), `docker compose logs prepare: ${log}`);
  const script = await stack.tryScript(['up']);
  same(script.code, 1, 'the exit code of ./stack up');
  ensure(sentence.test(script.stderr), `./stack up: ${script.stderr}`);
  const looping = (await stack.containers()).filter(
    (it) => it.restarts > 0 || it.state === 'restarting',
  );
  same(
    looping.map(({ service }) => service),
    [],
    'started again and again',
  );
}

export const halfCertificate: Check = {
  name: 'trouble: half a certificate pair',
  services: ['prepare'],
  async run(lab) {
    const key = path.join(lab.stack.directory, 'certs/privkey.pem');
    renameSync(key, `${key}.away`);
    try {
      await refuses(lab, /its key certs\/privkey\.pem is missing/);
    } finally {
      renameSync(`${key}.away`, key);
    }
    await lab.stack.script(['up']);
    return 'one sentence, nothing starts, nothing loops; healthy once it is back';
  },
};

export const noSecrets: Check = {
  name: 'trouble: .env missing',
  services: [],
  async run({ stack }) {
    const file = path.join(stack.directory, '.env');
    renameSync(file, `${file}.away`);
    try {
      const plain = await stack.tryCompose(['up', '--detach']);
      ensure(plain.code !== 0 && /\.env/.test(plain.stderr), `docker compose: ${plain.stderr}`);
      const script = await stack.tryScript(['up']);
      ensure(script.code === 1 && /There is no \.env/.test(script.stderr), script.stderr);
      const status = await stack.tryScript(['status']);
      ensure(/There is no \.env/.test(status.stderr), `./stack status: ${status.stderr}`);
    } finally {
      renameSync(`${file}.away`, file);
    }
    await stack.script(['up']);
    return 'both ways to start say so, and what runs goes on';
  },
};

export const fullDisk: Check = {
  name: 'trouble: disk full',
  services: ['prepare', 'prosody'],
  async run(lab) {
    const { stack } = lab;
    const password = await person(lab, 'alice');
    const filler = path.join(stack.directory, 'data/filler');
    fill(filler);
    try {
      const backup = await stack.tryScript(['backup']);
      ensure(
        backup.code === 1 && /disk full/.test(backup.stderr),
        `./stack backup: ${backup.stderr}`,
      );
      same(await tryLogin(lab, { username: 'alice', password }), 'in', 'a login on a full disk');
      await refuses(lab, /disk is full/);
    } finally {
      rmSync(filler);
    }
    await stack.script(['up']);
    same(await tryLogin(lab, { username: 'alice', password }), 'in', 'a login afterwards');
    // Until a backup succeeds, status goes on to say that the last one did not.
    await stack.script(['backup']);
    await stack.healthy();
    return 'meetings go on; backup and start say so in a sentence; healthy once there is room, and a backup is made';
  },
};

/** Writes until nothing fits any more. */
function fill(file: string): void {
  const handle = openSync(file, 'w');
  for (let size = 1 << 20; size > 0; size >>= 1) {
    const block = Buffer.alloc(size);
    try {
      for (;;) writeSync(handle, block);
    } catch {
      // Smaller ones may still fit.
    }
  }
  closeSync(handle);
}
