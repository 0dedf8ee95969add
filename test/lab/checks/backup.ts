import { appendFileSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { answersFor } from '../answers.ts';
import { type Check, ensure, same } from '../check.ts';
import { run } from '../process.ts';
import type { Lab } from '../session.ts';
import { person, tryLogin } from './people.ts';

/** Everything is gone, and comes back. */
export const backup: Check = {
  name: 'backup: ./stack backup, an encrypted copy, destroy, restore',
  services: ['prosody', 'prepare'],
  async run(lab) {
    const { stack, internet } = lab;
    const inside = (name: string) => path.join(stack.directory, name);
    const { key, copies } = await switchedOn(lab);
    const password = await person(lab, 'alice');
    appendFileSync(inside('jitsi/web/custom-config.js'), 'config.ofTheOwner = 1;\n');
    const secrets = readFileSync(inside('.env'), 'utf8');
    const copy = await sent(lab, copies);
    const paused = await stack.compose(['ps', '--status', 'paused', '--quiet']);
    same(paused.trim(), '', 'containers that are still paused');
    // The account is made another one after the backup: this password must not come back.
    const later = await person(lab, 'alice');

    await stack.compose(['down', '--volumes', '--timeout', '5']);
    for (const name of ['data', '.env', 'certs/fullchain.pem', 'certs/privkey.pem'])
      rmSync(inside(name), { recursive: true });
    await run('git', ['checkout', '--', 'jitsi'], { cwd: stack.directory });

    await stack.script(['restore', '--yes', '--key', key, copy]);
    await stack.healthy();
    same(readFileSync(inside('.env'), 'utf8'), secrets, '.env');
    same(await tryLogin(lab, { username: 'alice', password }), 'in', 'the password of the backup');
    ensure(
      (await tryLogin(lab, { username: 'alice', password: later })) !== 'in',
      'a later password',
    );
    const { body } = await internet.does('http').get(`${stack.plan().url}/config.js`);
    ensure(body.includes('ofTheOwner'), 'the owner’s hook is not in config.js');
    await run('git', ['checkout', '--', 'jitsi'], { cwd: stack.directory });
    return 'accounts, secrets, certificate and hooks are back from an encrypted copy; nothing stays paused';
  },
};

/** Copies are switched on while the stack runs: where they go, and the file of the private key for them. */
async function switchedOn({ stack, scratch, world, edge }: Lab) {
  const key = path.join(scratch, `age-${edge}`);
  const copies = path.join(scratch, `copies-${edge}`);
  mkdirSync(copies);
  await run('age-keygen', ['--output', key]);
  const recipient = /public key: (\S+)/.exec(readFileSync(key, 'utf8'))?.[1];
  const backup = { to: 'rsync', place: copies, key: recipient };
  await stack.generate({ ...answersFor(world, edge), backup });
  return { key, copies };
}

/** A backup's copy that has left. */
async function sent({ stack }: Lab, copies: string): Promise<string> {
  const said = await stack.script(['backup']);
  ensure(said.includes(`A copy, encrypted, is at ${copies}`), said);
  const copy = path.join(copies, readdirSync(copies)[0] ?? '');
  same(statSync(copy).mode & 0o777, 0o600, 'who may read the copy');
  const status = await stack.tryScript(['status']);
  ensure(/the last one left 0 hours ago/.test(status.stdout), status.stdout);
  return copy;
}
