import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import * as xmpp from '../../lab/probes/xmpp.ts';
import { renderedOf } from '../../matrix/stack.ts';
import { command } from '../../programs/command.ts';
import { needs } from '../../programs/needs.ts';
import { startFocus } from '../../prosody/focus.ts';
import { startProsody } from '../../prosody/server.ts';
import { secret, sign } from './token.ts';

/** Links as docs/authentication.md has programs make them, at a real prosody; what Jitsi's own modules check is a stand-in. */
const test = suite('auth-jwt: who makes links');
const real = await needs(
  test,
  ...(['prosody', 'lua5.4', 'root', 'host:node', 'host:python3', 'host:php'] as const),
);

const page = readFileSync(new URL('../../../docs/authentication.md', import.meta.url), 'utf8');
const later = () => Math.floor(Date.now() / 1000) + 3600;
const domain = 'meet.example.org';

/** Whether a token opens its room at the prosody of a stack with these answers, and who is in it then. */
async function opens(auth: object, tokens: Readonly<Record<string, string>>) {
  const stack = await renderedOf({
    domain,
    network: { exposure: 'public', publicAddresses: ['198.51.100.7'] },
    certificates: { source: 'self-signed' },
    auth: { mode: 'jwt', guests: 'none', ...auth },
  });
  const prosody = await startProsody(stack);
  const focus = await startFocus(prosody, false);
  const seen: Record<string, unknown> = {};
  try {
    for (const [who, token] of Object.entries(tokens)) {
      const room = `${who}-room@muc.meet.jitsi`;
      try {
        await xmpp.login(who, { url: `${prosody.url}?token=${token}`, domain: 'meet.jitsi' });
        await xmpp.conference(who, room);
        seen[who] = await xmpp.join(who, room, who);
      } catch (error) {
        seen[who] = (error as { condition?: string }).condition ?? String(error);
      } finally {
        await xmpp.leave(who);
      }
    }
  } finally {
    await focus.stop();
    await prosody.stop();
  }
  return seen;
}

const interpreters = [
  ['js', 'node', ['-e']],
  ['python', 'python3', ['-c']],
  ['php', 'php', ['-r']],
] as const;

real('the lines of Node, Python and PHP that are in the docs', async () => {
  const tokens: Record<string, string> = {};
  for (const [language, program, words] of interpreters) {
    const code = new RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``).exec(page)?.[1] ?? '';
    assert.ok(code.includes('JWT_APP_SECRET'), `${language}: no such lines in the docs`);
    const own = code.replaceAll('staff-meeting', `${program}-room`);
    const env = { ...process.env, JWT_APP_SECRET: secret };
    const { ok, stdout, output } = await command(program, [...words, own], { env });
    assert.ok(ok, output);
    const [, token = ''] = stdout.trim().split(`https://${domain}/${program}-room?jwt=`);
    tokens[program] = token;
  }
  assert.equal(await opens({ moderators: 'token' }, tokens), {
    node: ['focus', 'node'],
    python3: ['focus', 'python3'],
    php: ['focus', 'php'],
  });
});

/** The claims that each of them signs, as its source has them; `iss` and `sub` are what its administrator enters. */
const programs = {
  moodle: sign(
    {
      context: { user: { affiliation: 'owner', name: 'Ada', moderator: true }, group: '' },
      ...{ aud: 'jitsi', iss: domain, sub: domain, room: 'moodle-room', exp: later() },
      moderator: true,
    },
    secret,
    { kid: 'jitsi/custom_key_name' },
  ),
  nextcloud: sign({
    context: { user: { name: 'Ada' } },
    ...{ aud: 'jitsi', iss: 'jitsi', sub: '*', room: 'nextcloud-room', exp: later() },
  }),
  rocketchat: sign({
    ...{ iss: domain, sub: domain, iat: later() - 3600, nbf: later() - 3600, exp: later() },
    ...{ aud: 'RocketChat', room: 'rocketchat-room', context: { user: { name: 'Ada' } } },
  }),
};
const { moodle, nextcloud, rocketchat } = programs;

real('tokens as Moodle makes them need no other answer, and those of the others do', async () =>
  assert.equal(await opens({ moderators: 'token' }, programs), {
    moodle: ['focus', 'moodle'],
    nextcloud: 'not-allowed',
    rocketchat: 'not-allowed',
  }),
);

real('tokens as Nextcloud makes them, with the issuer that it has', async () =>
  assert.equal(await opens({ moderators: 'signed-in', issuer: 'jitsi' }, { nextcloud, moodle }), {
    nextcloud: ['focus', 'nextcloud'],
    moodle: 'not-allowed',
  }),
);

real('tokens as Rocket.Chat makes them, with the audience that it has', async () =>
  assert.equal(
    await opens({ moderators: 'signed-in', audience: 'RocketChat' }, { rocketchat, moodle }),
    { rocketchat: ['focus', 'rocketchat'], moodle: 'not-allowed' },
  ),
);

real.run();
