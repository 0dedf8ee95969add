import { copyFileSync, existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { type Check, ensure, same } from '../check.ts';
import { run } from '../process.ts';
import { openStack } from '../stack.ts';
import { trusted } from './acme.ts';
import { websocket } from './xmpp.ts';

/**
 * From the machine where it was written to a meeting on another one: `git push`, `git clone`, `./stack up`. The last
 * check, because the stack of the others makes room for it.
 */
export const journey: Check = {
  name: 'journey: git push, git clone on the server, ./stack up, people meet',
  services: ['edge', 'prosody', 'prepare'],
  edges: ['nginx'],
  async run(lab) {
    const { stack, engine, scratch, edge } = lab;
    const [origin, directory] = [`${edge}-origin.git`, `${edge}-clone`].map((name) =>
      path.join(scratch, name),
    ) as [string, string];
    await run('git', ['init', '--quiet', '--bare', origin]);
    await run('git', ['push', '--quiet', origin, 'HEAD:refs/heads/main'], {
      cwd: stack.directory,
    });
    await stack.script(['down']);
    await run('git', ['clone', '--quiet', '--branch', 'main', origin, directory]);
    const inside = (name: string) => path.join(directory, name);
    for (const name of ['.env', 'data', 'certs/fullchain.pem'])
      ensure(!existsSync(inside(name)), `${name} is in git`);
    // What is the lab's own: where its authority is, and that health is asked for every second.
    copyFileSync(
      path.join(stack.directory, 'compose.override.yaml'),
      inside('compose.override.yaml'),
    );
    const clone = { ...openStack(directory, () => engine.environment), plan: stack.plan };
    try {
      const said = await clone.script(['up']);
      ensure(/Made new secrets in \.env/.test(said), said);
      same(statSync(inside('.env')).mode & 0o777, 0o600, 'who may read .env');
      const text = readFileSync(inside('.env'), 'utf8');
      for (const { name } of stack.plan().secrets) {
        ensure(/^[0-9a-f]{32}$/.test(clone.secret(name)), `${name} is no secret`);
        ensure(clone.secret(name) !== stack.secret(name), `${name} is that of another place`);
        ensure(!said.includes(clone.secret(name)), `${name} was shown`);
      }
      await clone.script(['status']);
      await trusted({ ...lab, stack: clone });
      const met = await websocket.run({ ...lab, stack: clone });
      same((await clone.tryScript(['up'])).code, 0, 'a second up');
      same(readFileSync(inside('.env'), 'utf8'), text, '.env after it');
      return `healthy, with secrets and a certificate of its own; ${met}`;
    } finally {
      await clone.tryScript(['down']);
    }
  },
};
