import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { needs } from '../../programs/needs.ts';
import { inSandbox } from '../../programs/sandbox.ts';

const file =
  '../../../blueprints/extra-connection-test/files/jitsi/prosody-plugins/mod_connection_test/places.lib.lua.ejs';
const source = readFileSync(new URL(file, import.meta.url), 'utf8');

const test = suite('connection test: a bridge is given a rest');
const rules = await needs(test, 'lua5.4');

/** What a Lua script prints, line by line; `enter(bridge, place, now)` of a counter of twenty, five of one place. */
async function lua(script: string): Promise<string[]> {
  const before = `
package.preload["util.net"] = function () return { pton = function () end } end
local places = (function () ${source}
end)()
local enter = places.counter(20, 5)
`;
  const { ok, stdout, output } = await inSandbox('lua5.4', ['-'], { input: before + script });
  assert.ok(ok, output);
  return stdout.trim().split('\n');
}

rules(
  'somebody who tests day and night leaves it a minute without any in each twelve',
  async () => {
    // Tests of 35 seconds from ever new places, one as soon as the last has ended and one that overlaps both.
    const quiet = await lua(`
    local open, idle = {}, 0
    for now = 0, 7200 do
      for leave, from in pairs(open) do
        if now - from >= 35 then open[leave] = nil; leave(now) end
      end
      if now % 17 == 0 then
        local leave = enter("b1", "p" .. now, now)
        if leave then open[leave] = now end
      end
      if next(open) then
        if idle > 0 then print(idle) end
        idle = 0
      else
        idle = idle + 1
      end
    end`);
    assert.ok(quiet.length >= 10, `rests in two hours: ${quiet}`);
    assert.ok(
      quiet.every((seconds) => Number(seconds) >= 60 && Number(seconds) <= 120),
      `seconds without a test: ${quiet}`,
    );
  },
);

rules('a moment between two tests is no rest, and a minute is one', async () => {
  const told = await lua(`
    local now, refused = 0, 0
    while now < 620 do
      local leave = enter("b1", "p", now)
      if leave then leave(now + 35) else refused = now break end
      now = now + 36
    end
    print(refused)
    print(enter("b2", "p", now) ~= nil)
    print(enter("b1", "p", now + 58) ~= nil)
    print(enter("b1", "p", now + 61) ~= nil)`);
  assert.equal(told, ['612', 'true', 'false', 'true']);
});

test.run();
