import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import * as xmpp from '../../lab/probes/xmpp.ts';
import { dimensions } from '../../matrix/dimensions.ts';
import { withCases } from '../../matrix/plain.ts';
import { renderedOf } from '../../matrix/stack.ts';
import { needs } from '../../programs/needs.ts';
import { startFocus } from '../../prosody/focus.ts';
import { startProsody } from '../../prosody/server.ts';
import { secret, sign } from '../auth-jwt/token.ts';

/**
 * A server that starts anew between an update and `./stack up` runs the containers of the answers before, with the files of those
 * after. What kept strangers out has to be there still.
 */
const test = suite(
  'modules of ours: a container of the way before, with the files of the way after',
);
const real = await needs(test, 'prosody', 'lua5.4', 'root');

const stacks = await Promise.all(
  dimensions
    .flat()
    .filter(({ answers }) => 'auth' in answers)
    .map(async (one) => ({ name: one.name, ...(await renderedOf(withCases([one]))) })),
);
const modulesOf = (files: readonly { readonly path: string }[]) =>
  files.flatMap(({ path }) => /^jitsi\/prosody-plugins\/(mod_\w+)/.exec(path)?.[1] ?? []).sort();
/** Once a version had a module, containers may have been started with it: a name stays. */
const released = [
  'mod_guests_without_tokens',
  'mod_lobby_admits_members',
  'mod_login_backoff',
  'mod_matrix_own_room',
  'mod_tokens_expire',
];

/** What these do nobody is kept out by: where one is missing, prosody says so and does without. */
const keepNobodyOut = ['mod_connection_test', 'mod_telephone_pins', 'mod_transcription_by_bridge'];

test('every stack has all of them, whoever opens its rooms', () => {
  assert.ok(stacks.length > 10, `${stacks.length} ways`);
  for (const { name, files } of stacks) {
    const missing = released.filter((module) => !modulesOf(files).includes(module));
    assert.equal(missing, [], name);
  }
});

test('each of them is named here', () => {
  const all = new Set(stacks.flatMap(({ files }) => modulesOf(files)));
  assert.equal(
    [...all].filter((module) => ![...released, ...keepNobodyOut].includes(module)),
    [],
  );
});

const byToken = () =>
  renderedOf(withCases([caseWith({ mode: 'jwt', guests: 'wait', moderators: 'token' })]));
const caseWith = (auth: object) => ({ name: 'auth', answers: { auth }, blueprints: [] });
const later = Math.floor(Date.now() / 1000) + 3600;

for (const [name, auth] of Object.entries({
  accounts: { mode: 'internal' },
  nobody: { mode: 'open', moderators: 'first', strangers: true },
}))
  real(
    `from tokens to ${name}: an invented token makes no host, one without an end none either`,
    async () => {
      const before = await byToken();
      const after = await renderedOf(withCases([caseWith(auth)]));
      const prosody = await startProsody({ plan: before.plan, files: after.files });
      const focus = await startFocus(prosody, false);
      const enters = async (who: string, domain: string, token: string) => {
        const room = 'one@muc.meet.jitsi';
        try {
          await xmpp.login(who, { url: `${prosody.url}?token=${token}`, domain });
          await xmpp.conference(who, room);
          return await xmpp.join(who, room, who);
        } catch (error) {
          return (error as { condition?: string }).condition ?? String(error);
        } finally {
          await xmpp.leave(who);
        }
      };
      try {
        assert.is(await enters('eve', 'guest.meet.jitsi', 'invented'), 'registration-required');
        const { domain } = before.plan.answers;
        const claims = { iss: domain, aud: 'jitsi', sub: '*', room: 'one' };
        assert.is(await enters('bob', 'meet.jitsi', sign(claims, secret)), 'not-authorized');
        const good = sign({ ...claims, exp: later, context: { user: { moderator: true } } });
        assert.equal(await enters('ada', 'meet.jitsi', good), ['ada', 'focus']);
      } finally {
        await focus.stop();
        await prosody.stop();
      }
    },
  );

real.run();
