import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { renderedOf } from '../matrix/stack.ts';
import { needs } from '../programs/needs.ts';
import { startFocus } from '../prosody/focus.ts';
import { startProsody } from '../prosody/server.ts';
import { seenAt } from './stranger.ts';

/**
 * Servers that are other than what was chosen, each by one mistake that people make. Prosody is real; the focus and what
 * Jitsi's own modules do are stand-ins.
 */
const test = suite('doctor: open by accident, and told apart');
const real = await needs(test, 'prosody', 'lua5.4', 'root');

const accounts = { mode: 'internal', guests: 'wait' };
const tokens = { mode: 'jwt', guests: 'wait', moderators: 'token' };
const directory = { mode: 'ldap', servers: 'dc1.example.org', base: 'dc=example', guests: 'none' };

interface Mistake {
  readonly auth: object;
  /** Variables of prosody that are other than the stack's. */
  readonly prosody?: Readonly<Record<string, string | undefined>>;
  /** Jicofo's authentication is on. */
  readonly focusAsks?: boolean;
  /** Lines of the owner's in jitsi/prosody/conf.d. */
  readonly lines?: string;
  /** What is wrong, in order; nothing for a server as it was chosen. */
  readonly wrong: readonly string[];
}

const mistakes: Readonly<Record<string, Mistake>> = {
  'accounts as chosen': { auth: accounts, focusAsks: true, wrong: [] },
  'tokens as chosen': { auth: tokens, wrong: [] },
  'jicofo’s authentication off beside guests': {
    auth: accounts,
    wrong: [
      'A guest opens a room and is in it.',
      'A guest with an invented token opens a room and is in it.',
    ],
  },
  'authentication on at jicofo alone': {
    auth: accounts,
    prosody: { ENABLE_AUTH: '0' },
    focusAsks: true,
    wrong: [
      'A stranger signs in without a password, opens rooms and moderates.',
      'Guests are not let in.',
    ],
  },
  JWT_ALLOW_EMPTY: {
    auth: tokens,
    prosody: { JWT_ALLOW_EMPTY: '1' },
    wrong: ['A stranger without a token gets in, opens rooms and moderates.'],
  },
  'guests whose invented tokens are believed': {
    auth: tokens,
    prosody: { GLOBAL_MODULES: undefined },
    wrong: ['A guest with an invented token opens a room and is in it.'],
  },
  'nothing that holds guests back': {
    auth: tokens,
    prosody: { XMPP_MUC_MODULES: 'token_affiliation' },
    wrong: [
      'A guest opens a room and is in it.',
      'A guest with an invented token opens a room and is in it.',
    ],
  },
  'accounts on the server instead of the directory': {
    auth: directory,
    prosody: { AUTH_TYPE: 'internal' },
    wrong: ['Passwords are checked against accounts on the server'],
  },
  'guests where there are to be none': {
    auth: directory,
    prosody: { ENABLE_GUESTS: '1' },
    wrong: ['Guests are let in.'],
  },
  'a way in for strangers among Jitsi’s services': {
    auth: accounts,
    focusAsks: true,
    lines: 'VirtualHost "auth.meet.jitsi"\n  authentication = "anonymous"\n',
    wrong: ['A stranger signs in at auth.meet.jitsi without a password.'],
  },
};

for (const [
  what,
  { auth, prosody: change = {}, focusAsks = false, lines, wrong },
] of Object.entries(mistakes))
  real(what, async () => {
    const stack = await renderedOf({
      domain: 'meet.example.org',
      network: { exposure: 'public', publicAddresses: ['198.51.100.7'] },
      certificates: { source: 'self-signed' },
      auth,
    });
    const config = mkdtempSync(join(tmpdir(), 'config-'));
    mkdirSync(join(config, 'conf.d'));
    // Read after Jitsi's own, by its name.
    if (lines) writeFileSync(join(config, 'conf.d/own.cfg.lua'), lines);
    const prosody = await startProsody(stack, change, config);
    try {
      // Where strangers get in among the services, the focus cannot.
      const focus = lines ? undefined : await startFocus(prosody, focusAsks);
      const seen = await seenAt(prosody, stack.plan);
      await focus?.stop();
      const found = seen.filter((line) => line.startsWith('wrong: '));
      assert.is(found.length, wrong.length, seen.join(' | '));
      for (const [index, line] of wrong.entries())
        assert.ok(found[index]?.startsWith(`wrong: ${line}`), seen.join(' | '));
    } finally {
      await prosody.stop();
      rmSync(config, { recursive: true });
    }
  });

real.run();
