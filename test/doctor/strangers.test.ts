import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { judgeGuest } from '../../src/doctor/checks/strangers.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { renderedOf } from '../matrix/stack.ts';
import { needs } from '../programs/needs.ts';
import { startProsody } from '../prosody/server.ts';
import { seenAt } from './stranger.ts';

const test = suite('doctor: what strangers can do');
const real = await needs(test, 'prosody', 'lua5.4', 'root');

const stackOf = (auth: object) =>
  renderedOf({
    domain: 'meet.example.org',
    network: { exposure: 'public', publicAddresses: ['198.51.100.7'] },
    certificates: { source: 'self-signed' },
    auth,
  });
const stacks = {
  accounts: await stackOf({ mode: 'internal', guests: 'wait' }),
  closed: await stackOf({ mode: 'internal', guests: 'none' }),
  tokens: await stackOf({ mode: 'jwt', guests: 'none', moderators: 'token' }),
  open: await stackOf({ mode: 'open', strangers: true }),
};

/** One server, and what is said of it where that was chosen, and where something else was. */
for (const [runs, expected] of [
  [
    'accounts',
    {
      accounts: ['ok: People sign in with a password'],
      closed: ['ok: People sign in', 'wrong: Guests are let in.'],
      tokens: ['wrong: People are asked for a password', 'wrong: Guests are let in.'],
      open: ['wrong: People are asked for a password'],
    },
  ],
  [
    'tokens',
    {
      tokens: ['ok: Without a token nobody signs in.', 'ok: Guests are not let in.'],
      accounts: ['wrong: A stranger signs in without a password', 'wrong: Guests are not let in.'],
    },
  ],
  [
    'open',
    {
      open: ['ok: Everybody gets in, as was chosen.'],
      tokens: ['wrong: A stranger without a token gets in', 'ok: Guests are not let in.'],
      closed: ['wrong: A stranger signs in without a password', 'ok: Guests are not let in.'],
    },
  ],
] as const)
  real(`a server with ${runs}, in a real prosody`, async () => {
    const prosody = await startProsody(stacks[runs]);
    try {
      for (const [chosen, lines] of Object.entries(expected)) {
        const seen = await seenAt(prosody, stacks[chosen as keyof typeof stacks].plan);
        const all = `${chosen}: ${seen.join(' | ')}`;
        assert.is(seen.pop(), 'ok: Nobody passes for the focus with an invented password.', all);
        assert.is(seen.length, lines.length, all);
        for (const [index, line] of lines.entries()) assert.ok(seen[index]?.startsWith(line), all);
      }
    } finally {
      await prosody.stop();
    }
  });

test('guests open nothing, whatever they say they have', () => {
  const judged = (plan: Plan, got: Parameters<typeof judgeGuest>[1]) =>
    [false, true].map((invented) => judgeGuest(plan, got, invented)[0]?.outcome);
  const lobby: Plan = {
    ...stacks.tokens.plan,
    access: { signIn: 'token', guests: 'wait', moderators: 'token', sentences: ['', '', ''] },
  };
  assert.equal(judged(stacks.accounts.plan, 'refused'), ['ok', 'ok']);
  assert.equal(judged(stacks.accounts.plan, 'lobby'), ['wrong', 'wrong']);
  assert.equal(judged(stacks.accounts.plan, 'room'), ['wrong', 'wrong']);
  assert.equal(judged(lobby, 'lobby'), ['ok', 'ok']);
  assert.equal(judged(lobby, 'room'), ['wrong', 'wrong']);
  assert.equal(judged(lobby, 'nothing'), [undefined, undefined]);
});

test.run();
