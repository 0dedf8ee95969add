import { type Check, ensure, same } from '../check.ts';
import { person, tryLogin } from './people.ts';

/** Accounts: a login works with the right password only. */
export const accounts: Check = {
  name: 'accounts: passwords',
  services: ['prosody'],
  async run(lab) {
    const password = await person(lab, 'alice');
    same(await tryLogin(lab, { username: 'alice', password }), 'in', 'the right password');
    for (const wrong of [
      { username: 'alice', password: 'wrong' },
      { username: 'nobody', password },
    ]) {
      const said = await tryLogin(lab, wrong);
      ensure(
        said.includes('not-authorized') || said.includes('No compatible'),
        `${wrong.username}: ${said}`,
      );
    }
    return 'the right password gets in; a wrong one and an unknown account do not';
  },
};

/** `./stack user` against the real prosody. */
export const userCommands: Check = {
  name: 'accounts: ./stack user add, list, passwd, lock, del',
  services: ['prosody'],
  async run(lab) {
    const { stack } = lab;
    const strange = 'a "quoted" $word; ü€ \\ %s';
    await stack.script(['user', 'add', 'Bob.Smith-2'], { input: `${strange}\n` });
    const username = 'bob.smith-2';
    ensure(
      (await stack.script(['user', 'list'])).split('\n').includes(username),
      'it is not listed',
    );
    same(
      await tryLogin(lab, { username, password: strange }),
      'in',
      'a password with all kinds of characters',
    );
    const twice = await stack.tryScript(['user', 'add', username], { input: 'another one\n' });
    ensure(twice.code === 1 && twice.stderr.includes('has an account already'), twice.stderr);
    await stack.script(['user', 'passwd', username], { input: 'the second one\n' });
    ensure(
      (await tryLogin(lab, { username, password: strange })) !== 'in',
      'the old password still works',
    );
    same(await tryLogin(lab, { username, password: 'the second one' }), 'in', 'the new password');
    await stack.script(['user', 'lock', username]);
    ensure(/Locked: bob.smith-2/.test(await stack.script(['user', 'list'])), 'no word of the lock');
    ensure(
      (await tryLogin(lab, { username, password: 'the second one' })) !== 'in',
      'a locked account logs in',
    );
    await stack.script(['user', 'unlock', username]);
    same(await tryLogin(lab, { username, password: 'the second one' }), 'in', 'unlocked');
    await stack.script(['user', 'del', username]);
    ensure(
      (await tryLogin(lab, { username, password: 'the second one' })) !== 'in',
      'a deleted account logs in',
    );
    const gone = await stack.tryScript(['user', 'del', username]);
    ensure(gone.code === 1 && gone.stderr.includes('There is no account'), gone.stderr);
    const empty = await stack.tryScript(['user', 'add', 'carol'], { input: '\n' });
    ensure(empty.code === 1 && empty.stderr.includes('empty password'), empty.stderr);
    return 'added, listed, changed, locked, deleted; odd characters arrive; refusals are sentences';
  },
};
