import { spawn } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { ensureCertificate } from '../../src/secrets/certificate.ts';
import { needs } from '../programs/needs.ts';

const test = suite<{ stack: string }>('first certificate');
test.before.each((context) => {
  context.stack = mkdtempSync(join(tmpdir(), 'certificate-'));
});
test.after.each(({ stack }) => rmSync(stack, { recursive: true, force: true }));

const names = ['meet.example.org', 'turn.example.org'];
const both = ['fullchain.pem', 'privkey.pem'];

test('is made once, and an existing pair stays', async ({ stack }) => {
  assert.is(await ensureCertificate(stack, names), true);
  assert.equal(readdirSync(join(stack, 'certs')), both);
  const text = readFileSync(join(stack, 'certs/fullchain.pem'), 'utf8');
  assert.match(new X509Certificate(text).subjectAltName ?? '', 'turn.example.org');
  assert.is(await ensureCertificate(stack, names), false);
  assert.is(readFileSync(join(stack, 'certs/fullchain.pem'), 'utf8'), text);
});

test('a run that was killed between its two files is finished by the next one', async ({
  stack,
}) => {
  await ensureCertificate(stack, names);
  const text = readFileSync(join(stack, 'certs/fullchain.pem'), 'utf8');
  renameSync(join(stack, 'certs/fullchain.pem'), join(stack, 'certs/.first.pem'));
  assert.is(await ensureCertificate(stack, names), true);
  assert.equal(readdirSync(join(stack, 'certs')), both);
  assert.is(readFileSync(join(stack, 'certs/fullchain.pem'), 'utf8'), text);
});

test('half a pair of the owner’s is refused, and stays', async ({ stack }) => {
  mkdirSync(join(stack, 'certs'));
  for (const [one, other] of [both, [...both].reverse()] as [string, string][]) {
    writeFileSync(join(stack, 'certs', one), 'mine');
    const refused = await ensureCertificate(stack, names).catch((error: Error) => error.message);
    assert.match(String(refused), `There is ${one}, but not ${other}`);
    assert.equal(readdirSync(join(stack, 'certs')), [one]);
    rmSync(join(stack, 'certs', one));
  }
});

test('what somebody has planted in certs/ is not written through', async ({ stack }) => {
  mkdirSync(join(stack, 'certs'));
  const outside = join(stack, 'outside');
  writeFileSync(outside, 'mine', { mode: 0o600 });
  for (const name of ['.first', '.first.key', '.first.pem'])
    symlinkSync(outside, join(stack, 'certs', name));
  assert.is(await ensureCertificate(stack, names), true);
  assert.equal(readdirSync(join(stack, 'certs')), ['.first', ...both]);
  assert.is(readFileSync(outside, 'utf8'), 'mine');
  assert.is(lstatSync(join(stack, 'certs/privkey.pem')).mode & 0o777, 0o640);
});

(await needs(test, 'root'))(
  'root gives away what it made, not what took its name',
  async ({ stack }) => {
    const outside = join(stack, 'outside');
    writeFileSync(outside, 'mine', { mode: 0o600 });
    mkdirSync(join(stack, 'certs'));
    // Whoever may write there puts another file in its place as often as they can.
    const swap = `while :; do for n in key pem; do ln -f "$1" certs/.first.$n; ln -sf "$1" certs/.first.$n; done; done`;
    const swapping = spawn('sh', ['-c', swap, 'sh', outside], { cwd: stack, stdio: 'pipe' });
    swapping.stdout.resume();
    swapping.stderr.resume();
    // Over only when the last `ln` has let go of the pipe too: it would link into a folder that is being removed.
    const over = once(swapping, 'close');
    try {
      for (let count = 0; count < 5; count += 1) {
        await ensureCertificate(stack, names).catch(() => {});
        for (const name of both) rmSync(join(stack, 'certs', name), { force: true });
      }
    } finally {
      swapping.kill('SIGKILL');
      await over;
    }
    const { uid, mode } = lstatSync(outside);
    assert.equal([uid, mode & 0o777], [0, 0o600]);
    assert.is(readFileSync(outside, 'utf8'), 'mine');
  },
);

test.run();
