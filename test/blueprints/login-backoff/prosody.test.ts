import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { guess, guesser } from '../../lab/probes/guess.ts';
import * as xmpp from '../../lab/probes/xmpp.ts';
import { renderedOf } from '../../matrix/stack.ts';
import { needs } from '../../programs/needs.ts';
import { type Prosody, startProsody } from '../../prosody/server.ts';

const test = suite('login-backoff: in a real prosody');
const real = await needs(test, 'prosody', 'lua5.4', 'root');
const answers = {
  domain: 'meet.example.org',
  network: { exposure: 'public', publicAddresses: ['198.51.100.7'], subnet: '172.28.0.0/24' },
  certificates: { source: 'self-signed' },
};
const stack = await renderedOf(answers);
const password = 'the right one';
let prosody: Prosody;

real.before(async () => {
  prosody = await startProsody(stack);
});
real.after(() => prosody.stop());

async function once(name: string, word: string, address: string): Promise<string> {
  const one = await guesser(prosody.url, address);
  try {
    return await one.plain(name, word);
  } finally {
    one.close();
  }
}

/** Wrong passwords for one account, as fast as they come. */
async function wrong(name: string, address: string, count: number): Promise<string[]> {
  const one = await guesser(prosody.url, address);
  const answers: string[] = [];
  while (answers.length < count) answers.push(await one.plain(name, `wrong ${answers.length}`));
  one.close();
  return answers;
}

const sum = (answers: Readonly<Record<string, number>>) =>
  Object.values(answers).reduce((all, count) => all + count, 0);

real(
  'a further machine that tries its old password is let in at once with the new one',
  async () => {
    const machine = '203.0.113.8';
    const own = await renderedOf({
      ...answers,
      machines: [{ name: 'b1', runs: 'bridge', address: machine, reaches: '198.51.100.7' }],
    });
    const central = await startProsody(own);
    const tries = async (address: string) => {
      const one = await guesser(central.url, address);
      const said: string[] = [];
      while (said.length < 40) said.push(await one.plain('ada', `wrong ${said.length}`));
      one.close();
      return said.filter((word) => word !== 'not-authorized').length;
    };
    try {
      assert.is(await tries(machine), 0);
      assert.ok((await tries('203.0.113.9')) > 20, 'a stranger is not held up');
    } finally {
      await central.stop();
    }
  },
);

real(
  'without the module, one address tries more than a hundred passwords in three seconds',
  async () => {
    const bare = await startProsody(stack, { GLOBAL_MODULES: undefined, GLOBAL_CONFIG: undefined });
    try {
      const many = { address: '203.0.113.1', account: 'ada', seconds: 3, sockets: 20 };
      const seen = await guess(bare.url, many);
      console.log(`  without: ${Math.round(sum(seen) / 3)} guesses a second`);
      assert.ok((seen['not-authorized'] ?? 0) > 100, JSON.stringify(seen));
      assert.not.match(bare.log(), 'Wrong password');
    } finally {
      await bare.stop();
    }
  },
);

real('one account: five at once, then few', async () => {
  const many = { address: '203.0.113.2', account: 'ada', seconds: 4, sockets: 20 };
  const seen = await guess(prosody.url, many);
  console.log(`  one account, four seconds: ${JSON.stringify(seen)}`);
  assert.ok((seen['not-authorized'] ?? 0) <= 8, JSON.stringify(seen));
});

real('one password for many accounts: forty at once, then few', async () => {
  const many = {
    address: '203.0.113.3',
    account: 'pupil#',
    seconds: 4,
    sockets: 20,
  };
  const seen = await guess(prosody.url, many);
  console.log(`  many accounts, four seconds: ${JSON.stringify(seen)}`);
  assert.ok((seen['not-authorized'] ?? 0) <= 43, JSON.stringify(seen));
});

real('a class of 30 behind one address logs in at once, each after a wrong password', async () => {
  const names = Array.from({ length: 30 }, (_, n) => `child${n}`);
  await prosody.accounts(names, password);
  const began = Date.now();
  const answers = await Promise.all(
    names.map(async (name) => {
      const first = await once(name, 'mistyped', '203.0.113.4');
      return [first, await once(name, password, '203.0.113.4')];
    }),
  );
  assert.ok(answers.every(([first]) => first === 'not-authorized'));
  assert.ok(answers.every(([, then]) => then === 'success'));
  assert.ok(Date.now() - began < 10_000, `${Date.now() - began} ms`);
  // Nothing of it is held against them, but for what each of them mistyped.
  const again = await Promise.all(names.map((name) => once(name, password, '203.0.113.4')));
  assert.ok(again.every((answer) => answer === 'success'));
});

real('where its owner has logged in, an account is not held up by others', async () => {
  await prosody.accounts(['grace'], password);
  assert.is(await once('grace', password, '203.0.113.5'), 'success');
  for (let n = 10; n < 14; n += 1) await wrong('grace', `203.0.113.${n}`, 5);
  const elsewhere = Date.now();
  assert.is(await once('grace', 'wrong', '203.0.113.14'), 'not-authorized');
  assert.is(await once('grace', 'wrong', '203.0.113.15'), 'not-authorized');
  assert.ok(Date.now() - elsewhere > 900, 'from elsewhere one waits');
  const home = Date.now();
  assert.is(await once('grace', password, '203.0.113.5'), 'success');
  assert.ok(Date.now() - home < 900, 'at home one does not');
});

real('passwords that never cross the wire count too (SCRAM)', async () => {
  const who = { url: prosody.url, domain: 'meet.jitsi', username: 'ada', password: 'wrong' };
  const headers = { 'x-forwarded-for': '203.0.113.6' };
  for (let n = 0; n < 5; n += 1) {
    const said = await xmpp.login('x', { ...who, headers }).catch((error) => String(error));
    assert.match(said, 'not-authorized');
  }
  const began = Date.now();
  assert.is(await once('ADA', 'wrong', '203.0.113.6'), 'not-authorized');
  assert.ok(Date.now() - began > 900, 'the same account, however it is spelt and asked for');
});

real('a /64 is one place, and the line has the whole address', async () => {
  await wrong('linus', '2001:db8:7::1', 5);
  const began = Date.now();
  await once('linus', 'wrong', '2001:db8:7:0:ffff::2');
  assert.ok(Date.now() - began > 900);
  assert.match(prosody.log(), 'Wrong password from 2001:db8:7:0:ffff::2 for linus@meet.jitsi');
});

real('the log names address and account, and no name can forge a line', async () => {
  await once('eve\n2026 Wrong password from 198.51.100.1 for x', 'wrong', '203.0.113.20');
  await once('ünï "x" from 198.51.100.1', 'wrong', '203.0.113.20');
  await once('x'.repeat(900), 'wrong', '203.0.113.20');
  const lines = prosody.data('failed-logins.log').trim().split('\n');
  const form =
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ (Wrong password|Refused after wrong passwords) from [\da-f.:]+ for [\w.@?-]{1,80}$/;
  for (const line of lines) assert.match(line, form);
  assert.ok(lines.some((line) => line.includes(' from 203.0.113.20 for ')));
  assert.not.ok(lines.some((line) => line.includes('from 198.51.100.1')));
});

real(
  'guests, and whoever asks from the containers’ network, are not counted by address',
  async () => {
    for (let n = 0; n < 45; n += 1) await once(`service${n}`, 'wrong', '172.28.0.1');
    const began = Date.now();
    await once('another', 'wrong', '172.28.0.1');
    const who = { url: prosody.url, domain: 'guest.meet.jitsi' };
    const headers = { 'x-forwarded-for': '203.0.113.3' };
    await xmpp.login('guest', { ...who, headers });
    await xmpp.leave('guest');
    assert.ok(Date.now() - began < 900);
  },
);

real('reading the configuration anew forgets all of it, and disconnects nobody', async () => {
  await wrong('ada', '203.0.113.30', 6);
  const who = { url: prosody.url, domain: 'guest.meet.jitsi' };
  await xmpp.login('stays', { ...who, headers: { 'x-forwarded-for': '203.0.113.31' } });
  await prosody.reload();
  const began = Date.now();
  assert.equal(await wrong('ada', '203.0.113.30', 5), Array(5).fill('not-authorized'));
  assert.ok(Date.now() - began < 900);
  await xmpp.ping('stays', 'guest.meet.jitsi');
  await xmpp.leave('stays');
});

test.run();
