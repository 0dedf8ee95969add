import { X509Certificate } from 'node:crypto';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { ensureCertificate } from '../../src/secrets/certificate.ts';

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
  mkdirSync(join(stack, 'certs/.first'));
  renameSync(join(stack, 'certs/fullchain.pem'), join(stack, 'certs/.first/fullchain.pem'));
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

test.run();
