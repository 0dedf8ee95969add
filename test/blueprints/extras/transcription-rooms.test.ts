import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import * as xmpp from '../../lab/probes/xmpp.ts';
import { renderedOf } from '../../matrix/stack.ts';
import { needs } from '../../programs/needs.ts';
import { type Prosody, startProsody } from '../../prosody/server.ts';

const test = suite('transcription: what rooms say of it, in a real prosody');
const real = await needs(test, 'prosody', 'lua5.4', 'root');
const password = '0123456789abcdef0123456789abcdef';
const module = 'transcription_by_bridge';

/** Does to rooms what Jitsi's room_metadata does, at the same moment, and says what has become of it. */
const metadata = `
module:hook("muc-room-created", function (event)
	if not event.room.jid:match("^health%-check") then event.room.jitsiMetadata = {}; end
end, -1);
-- When all others have been asked.
module:hook("muc-room-created", function (event)
	local room, said = event.room, "no metadata";
	if room.jitsiMetadata then
		said = "asyncTranscription " .. tostring(room.jitsiMetadata.asyncTranscription) .. " recording " .. tostring(room.jitsiMetadata.recording);
	end
	module:log("info", "%s has %s", room.jid, said);
end, -100);
`;

const stack = await renderedOf({
  domain: 'meet.example.org',
  network: { exposure: 'public', publicAddresses: ['198.51.100.7'] },
  certificates: { source: 'self-signed' },
  auth: { mode: 'internal' },
  extras: ['transcription'],
  transcription: { server: 'ws://192.0.2.9:8000/v1/realtime' },
});
const path = 'jitsi/prosody-plugins/mod_metadata_stand_in.lua';
const withMetadata = {
  ...stack,
  files: [
    ...stack.files,
    { path, text: metadata, executable: false } as (typeof stack.files)[number],
  ],
};

/** Opens a room as the focus does. */
async function open(prosody: Prosody, room: string): Promise<string> {
  const account = { url: prosody.url, domain: 'auth.meet.jitsi', username: 'focus', password };
  await xmpp.login('focus', account);
  await xmpp.join('focus', room, 'focus');
  await xmpp.leave('focus');
  return new RegExp(`${room.replaceAll('.', '\\.')} has (.*)`).exec(prosody.log())?.[1] ?? '';
}

async function started(modules: string): Promise<Prosody> {
  const prosody = await startProsody(withMetadata, {
    XMPP_MUC_MODULES: modules,
    XMPP_BREAKOUT_MUC_MODULES: modules,
  });
  await prosody.accounts(['focus'], password, 'auth.meet.jitsi');
  return prosody;
}

real('each room says that the bridge can, and none that it does', async () => {
  // Whichever is loaded first.
  for (const modules of [`metadata_stand_in,${module}`, `${module},metadata_stand_in`]) {
    const prosody = await started(modules);
    try {
      const marked = 'asyncTranscription true recording nil';
      assert.is(await open(prosody, 'weekly@muc.meet.jitsi'), marked, modules);
      assert.is(await open(prosody, 'group-1@breakout.meet.jitsi'), marked, modules);
      assert.is(await open(prosody, 'health-check-1@muc.meet.jitsi'), 'no metadata', modules);
    } finally {
      await prosody.stop();
    }
  }
});

real('without the module a room says nothing', async () => {
  const prosody = await started('metadata_stand_in');
  try {
    assert.is(await open(prosody, 'weekly@muc.meet.jitsi'), 'asyncTranscription nil recording nil');
  } finally {
    await prosody.stop();
  }
});

real.run();
