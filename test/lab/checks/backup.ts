import { appendFileSync, readFileSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { type Check, ensure, same } from '../check.ts';
import { run } from '../process.ts';
import { person, tryLogin } from './people.ts';

/** Everything is gone, and comes back. */
export const backup: Check = {
  name: 'backup: ./stack backup, destroy, restore',
  services: ['prosody', 'prepare'],
  async run(lab) {
    const { stack, scratch, internet } = lab;
    const inside = (name: string) => path.join(stack.directory, name);
    const password = await person(lab, 'alice');
    appendFileSync(inside('jitsi/web/custom-config.js'), 'config.ofTheOwner = 1;\n');
    const secrets = readFileSync(inside('.env'), 'utf8');
    const file = path.join(scratch, `backup-${lab.edge}.tar.gz`);
    await stack.script(['backup', file]);
    same(statSync(file).mode & 0o777, 0o600, 'who may read the backup');
    const paused = await stack.compose(['ps', '--status', 'paused', '--quiet']);
    same(paused.trim(), '', 'containers that are still paused');
    // The account is made another one after the backup: this password must not come back.
    const later = await person(lab, 'alice');

    await stack.compose(['down', '--volumes', '--timeout', '5']);
    for (const name of ['data', '.env', 'certs/fullchain.pem', 'certs/privkey.pem'])
      rmSync(inside(name), { recursive: true });
    await run('git', ['checkout', '--', 'jitsi'], { cwd: stack.directory });

    await stack.script(['restore', '--yes', file]);
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
    return 'accounts, secrets, certificate and hooks are back; nothing stays paused';
  },
};
