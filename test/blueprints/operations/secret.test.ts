import { statSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { quoteValue } from '../../../src/env-file.ts';
import { FakeStack } from './stack.ts';

const test = suite<{ stack: FakeStack }>('secret');
test.before.each((context) => {
  context.stack = new FakeStack();
});
test.after.each(({ stack }) => stack.remove());

const value = `it's "$HOME" \\ #1 ü `;

test('one that is made elsewhere comes into .env exactly as it is, and is not shown', ({
  stack,
}) => {
  const others = stack.read('.env').replace(/^JWT_APP_SECRET=.*\n/m, '');
  const { code, out, err } = stack.run(['secret', 'JWT_APP_SECRET'], { input: `${value}\n` });
  assert.is(code, 0, err);
  assert.is(stack.read('.env'), `${others}JWT_APP_SECRET=${quoteValue(value)}\n`);
  assert.not.match(out + err + stack.calls(), 'HOME');
  assert.is(statSync(join(stack.path, '.env')).mode & 0o777, 0o600);
});

test('nothing and control characters change nothing', ({ stack }) => {
  const before = stack.read('.env');
  for (const input of ['', '\n', 'a\tb\n'])
    assert.match(stack.run(['secret', 'JWT_APP_SECRET'], { input }).err, 'Nothing was changed');
  assert.is(stack.read('.env'), before);
});

test('one that is made here, and one that there is not, are refused', ({ stack }) => {
  for (const words of [['JVB_AUTH_PASSWORD'], ['NONE'], [], ['a', 'b']]) {
    const { code, err } = stack.run(['secret', ...words], { input: 'x\n' });
    assert.is(code, 2);
    assert.match(err, 'in this stack: JWT_APP_SECRET');
  }
});

test.run();
