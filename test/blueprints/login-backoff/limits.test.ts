import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { needs } from '../../programs/needs.ts';
import { inSandbox } from '../../programs/sandbox.ts';

const folder = '../../../blueprints/login-backoff/files/jitsi/prosody-plugins/mod_login_backoff/';
const source = readFileSync(new URL(`${folder}limits.lib.lua.ejs`, import.meta.url), 'utf8');

const test = suite('login-backoff: who waits how long');
const rules = await needs(test, 'lua5.4');

/** What a Lua script prints, line by line; `keeper(NAME)` makes a keeper of one of the rules with a table for a store. */
async function lua(script: string): Promise<string[]> {
  const before = `
local limits = (function () ${source}
end)()
function keeper(name)
  local kept = {}
  local store = { get = function (_, key) return kept[key] end, set = function (_, key, value) kept[key] = value end }
  return limits.keeper(limits.rules[name], store)
end
`;
  const { ok, stdout, output } = await inSandbox('lua5.4', ['-'], { input: before + script });
  assert.ok(ok, output);
  return stdout.trim().split('\n');
}

rules('five wrong passwords are free, then each waits twice as long, up to a minute', async () => {
  const waits = await lua(`
    local pair, now = keeper "pair", 1000
    for _ = 1, 13 do
      local wait = pair.wait("k", now)
      print(math.tointeger(wait))
      pair.begin("k", now, now + wait)
      now = now + wait
    end`);
  // By the sixth minute two minutes' worth have been forgotten again.
  assert.equal(waits.slice(0, 10), ['0', '0', '0', '0', '0', '1', '2', '4', '8', '16']);
  assert.ok(waits.slice(10).every((wait) => Number(wait) >= 16 && Number(wait) <= 60));
});

rules(
  'somebody who goes on for an hour gets one guess a minute, or two for all accounts of an address',
  async () => {
    const counts = await lua(`
    for _, name in ipairs { "pair", "address", "account" } do
      local one, now, count = keeper(name), 0, 0
      while now < 3600 do
        now = now + one.wait("k", now)
        one.begin("k", now, now)
        count = count + 1
        now = now + 0.01
      end
      print(count)
    end`);
    const [pair, address, account] = counts.map(Number);
    assert.ok(pair !== undefined && pair > 50 && pair <= 75, `${pair} a pair`);
    assert.ok(address !== undefined && address > 120 && address <= 180, `${address} an address`);
    assert.ok(account !== undefined && account > 60 && account <= 95, `${account} an account`);
  },
);

rules('as many at once as one likes count each from its beginning', async () => {
  const waits = await lua(`
    local pair = keeper "pair"
    for _ = 1, 9 do
      local wait = pair.wait("k", 0)
      print(math.tointeger(wait))
      pair.begin("k", 0, wait)
    end`);
  assert.equal(waits, ['0', '0', '0', '0', '0', '1', '3', '7', '15']);
});

rules(
  'a right password takes its attempt back, and who waits for nothing is let in at once',
  async () => {
    const waits = await lua(`
    local address = keeper "address"
    for _ = 1, 100 do
      io.write(math.tointeger(address.wait("k", 0)))
      address.begin("k", 0, 0)
      address.take_back("k", 0)
    end`);
    assert.equal(waits, ['0'.repeat(100)]);
  },
);

rules(
  'what was wrong is forgotten after a while, and at once where that is asked for',
  async () => {
    const waits = await lua(`
    local pair = keeper "pair"
    for _ = 1, 30 do pair.begin("k", 0, 0) end
    print(pair.wait("k", 1) > 10, math.tointeger(pair.wait("k", 20 * 60)))
    for _ = 1, 30 do pair.begin("k", 2000, 2000) end
    pair.forget("k")
    print(pair.wait("k", 2000))
    pair.begin("k", 3000, 3000)
    print(math.tointeger(pair.wait("other", 3000)))`);
    assert.equal(waits, ['true\t0', '0', '0']);
  },
);

test.run();
