import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { smallPlan } from './plan.ts';
import { FakeStack } from './stack.ts';

export const before = 'stable-11031';
export const after = 'stable-11146-2';
const registries = { [before]: 'docker.io/jitsi', [after]: 'ghcr.io/jitsi' };

/** A stack that runs the older release, with an account, and to which the files of the newer one have been brought. */
export function waiting(): FakeStack {
  if (!first) {
    first = made();
    process.once('exit', () => first?.remove());
  }
  return new FakeStack(first);
}

let first: FakeStack | undefined;

function made(): FakeStack {
  const stack = new FakeStack(smallPlan({ tag: before, rootless: false }));
  stack.write('compose.yaml', `# ${before}\n`);
  stack.write('nginx/nginx.conf', '# edited by its owner\n');
  stack.write('jitsi/web/custom-config.js', '// mine\n');
  stack.write('compose.override.yaml', 'services: {}\n');
  stack.write('../fake/sick', '');
  for (const file of ['fullchain.pem', 'privkey.pem']) stack.write(`certs/${file}`, file);
  stack.write(stack.account('ada'), 'password of ada', 0o600);
  spawnSync('chown', ['-R', '101:102', join(stack.path, 'data/prosody')]);
  const { code, err } = stack.run(['up']);
  if (code !== 0) throw new Error(err);
  stack.update(smallPlan({ tag: after }));
  stack.write('compose.yaml', `# ${after}\n`);
  stack.write('nginx/new.conf', '# new\n');
  stack.images('wanted', ['nginx:1.30.7', `${registries[after]}/web:${after}`]);
  stack.write('../fake/calls', '');
  return stack;
}

/** The release never gets well here. */
export const sicken = (stack: FakeStack, release: string) =>
  stack.write('../fake/sick', `${release}\n`);

/** The power fails at the call of Docker with this number, or with these words; undefined: never. */
export function cutAt(stack: FakeStack, call: number | string | undefined): void {
  stack.write('../fake/calls', '');
  const pattern = typeof call === 'number' ? `${call} *` : `* ${call}*`;
  writeFileSync(join(stack.fake, 'kill'), call === undefined ? '' : pattern);
}

/** Whether an upgrade is open, done, or not there. */
export function phase(stack: FakeStack): string {
  const file = join(stack.path, 'backups/.upgrade/phase');
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : 'none';
}

/** Content, mode and owner of everything but backups; of data/, or of the files alone if asked. */
export function inventory(stack: FakeStack, part = ''): Record<string, string> {
  const all = readdirSync(join(stack.path, part), { recursive: true }) as string[];
  return Object.fromEntries(
    all
      .filter((path) => !path.startsWith('backups'))
      .sort()
      .map((path) => {
        const stat = lstatSync(join(stack.path, part, path));
        const content = () => readFileSync(join(stack.path, part, path));
        const text = stat.isFile() ? createHash('sha1').update(content()).digest('hex') : '/';
        return [path, `${stat.uid}:${stat.gid} ${(stat.mode & 0o7777).toString(8)} ${text}`];
      }),
  );
}

/** The states of the services. */
export const states = (stack: FakeStack) =>
  stack
    .read('../fake/containers')
    .trim()
    .split('\n')
    .map((line) => line.split('|').slice(0, 3).join(' '));
