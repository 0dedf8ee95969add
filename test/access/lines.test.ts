import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { decidingInHocon, decidingInLua } from '../../src/access/lines.ts';

const lines = suite('lines that decide about access');

lines('in Lua with their numbers, comments aside', () => {
  const text = `-- authentication = "anonymous"
--[[ VirtualHost "x"
admins = {}
]]
VirtualHost "guest.meet.jitsi" -- ours
    authentication = "anonymous" --[=[ a ]=]
    modules_enabled = { "muc_census"; 'muc_allowners' }
    note = "-- authentication = 1"
`;
  assert.equal(
    decidingInLua(text).map(({ line, name }) => `${line} ${name}`),
    ['5 VirtualHost', '6 authentication', '7 muc_allowners', '8 authentication'],
  );
});

lines('lines about access are found in HOCON, comments aside', () => {
  const text = `jicofo {
  # authentication { enabled = false }
  conference { enable-auto-owner = false } // authentication
  "authentication" { enabled = false }
  my-authentication-note = 1
}`;
  assert.equal(
    decidingInHocon(text).map(({ line, name }) => `${line} ${name}`),
    ['3 enable-auto-owner', '4 authentication'],
  );
});

lines('lines of hostile length take no time', () => {
  const start = process.cpuUsage().user;
  for (const part of ['"', "'", '--[[', '--[=[', '\\', '"\\', 'authentication ', '--', '#', '"a'])
    for (const find of [decidingInLua, decidingInHocon]) find(part.repeat(200_000));
  assert.ok(process.cpuUsage().user - start < 3_000_000);
});

lines.run();
