import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { comesFrom, meetingOf } from '../../homeserver/element.ts';
import { matrix, startHomeserver } from '../../homeserver/server.ts';
import * as xmpp from '../../lab/probes/xmpp.ts';
import { renderedOf } from '../../matrix/stack.ts';
import { needs } from '../../programs/needs.ts';
import { startFocus } from '../../prosody/focus.ts';
import { startProsody } from '../../prosody/server.ts';

/** Prosody is real; the homeserver, its verification service and the modules that Jitsi brings are stand-ins. */
const test = suite('auth-matrix: people of a Matrix room, in prosody');
const real = await needs(test, 'prosody', 'lua5.4', 'root');

const { staff, own } = matrix;
const place = (room: string) => `${meetingOf(room).toLowerCase()}@muc.meet.jitsi`;
const elsewhere = 'http://uvs.example.org:3000';

interface Server {
  /** Comes as Element leads there, and enters a meeting; who is inside, or why not. */
  readonly enters: (who: string, query: string, meeting: string) => Promise<string[] | string>;
  readonly log: () => string;
}

async function running(
  work: (server: Server) => Promise<void>,
  { auth = {}, change = {} }: { auth?: object; change?: Record<string, string> } = {},
): Promise<void> {
  const stack = await renderedOf({
    domain: 'meet.example.org',
    network: { exposure: 'public', publicAddresses: ['198.51.100.7'] },
    certificates: { source: 'self-signed' },
    auth: { mode: 'matrix', serviceUrl: elsewhere, ...auth },
  });
  const homeserver = await startHomeserver();
  const prosody = await startProsody(stack, {
    ...{ MATRIX_UVS_URL: homeserver.url, MATRIX_UVS_AUTH_TOKEN: matrix.secret },
    ...change,
  });
  const focus = await startFocus(prosody, true);
  const inside = new Set<string>();
  try {
    await work({
      log: prosody.log,
      enters: async (who, query, meeting) => {
        try {
          if (!inside.has(who))
            await xmpp.login(who, { url: `${prosody.url}${query}`, domain: 'meet.jitsi' });
          inside.add(who);
          await xmpp.conference(who, meeting);
          return await xmpp.join(who, meeting, who);
        } catch (error) {
          return (error as { condition?: string }).condition ?? String(error);
        }
      },
    });
  } finally {
    for (const who of inside) await xmpp.leave(who);
    await focus.stop();
    await prosody.stop();
    await homeserver.stop();
  }
}

real('members open their room’s meeting; who moderates the room moderates it', () =>
  running(async ({ enters }) => {
    assert.equal(await enters('bob', comesFrom(staff, 'bob-proves-it'), place(staff)), [
      'bob',
      'focus',
    ]);
    assert.equal(await enters('ada', comesFrom(staff, 'ada-proves-it'), place(staff)), [
      'ada',
      'bob',
      'focus',
    ]);
    assert.is(await xmpp.remove('bob', place(staff), 'ada'), 'not-allowed');
    assert.is(await xmpp.remove('ada', place(staff), 'bob'), 'done');
  }),
);

real('who is not in the room, brings another’s room, or proves nothing stays outside', () =>
  running(async ({ enters }) => {
    for (const query of [
      comesFrom(staff, 'eve-proves-it'),
      comesFrom(staff, 'invented'),
      comesFrom(own, 'eve-proves-it', meetingOf(staff)),
      comesFrom(staff, 'ada-proves-it').replace(/\.[^.]+$/, '.signed-with-another-word'),
      '',
    ]) {
      const said = await enters('eve', query, place(staff));
      assert.not.ok(Array.isArray(said), `${query}: ${said}`);
    }
  }),
);

real('the proof for one room opens no other meeting, and none that is open already', () =>
  running(async ({ enters, log }) => {
    await enters('ada', comesFrom(staff, 'ada-proves-it'), place(staff));
    const query = comesFrom(own, 'eve-proves-it');
    for (const meeting of [place(staff), 'other@muc.meet.jitsi'])
      assert.is(await enters('eve', query, meeting), 'not-allowed');
    assert.match(log(), 'the proof is for another room');
    assert.equal(await enters('eve', query, place(own)), ['eve', 'focus']);
  }),
);

real('without our module it would open any of them, and moderate there', () =>
  running(
    async ({ enters }) => {
      await enters('ada', comesFrom(staff, 'ada-proves-it'), place(staff));
      await enters('eve', comesFrom(own, 'eve-proves-it'), place(staff));
      assert.is(await xmpp.remove('eve', place(staff), 'ada'), 'done');
    },
    { change: { XMPP_MUC_MODULES: '' } },
  ),
);

real('a service that wants to hear something else lets nobody in', () =>
  running(
    async ({ enters }) => {
      const said = await enters('ada', comesFrom(staff, 'ada-proves-it'), place(staff));
      assert.not.ok(Array.isArray(said), String(said));
    },
    { change: { MATRIX_UVS_AUTH_TOKEN: 'another' } },
  ),
);

real.run();
