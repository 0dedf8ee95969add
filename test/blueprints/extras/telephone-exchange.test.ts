import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { renderedOf } from '../../matrix/stack.ts';
import { command } from '../../programs/command.ts';
import { needs } from '../../programs/needs.ts';
import { inSandbox } from '../../programs/sandbox.ts';

const test = suite('telephone: what an exchange is given');
const { files } = await renderedOf({
  domain: 'meet.example.org',
  network: { publicAddresses: ['203.0.113.7'] },
  certificates: { source: 'self-signed' },
  auth: { mode: 'internal', guests: 'wait' },
  extras: ['telephone'],
  telephone: { account: 'meet@pbx.example.org', numbers: 'DE +49 30 123456, ch +41 (44) 123-456' },
});
const textOf = (path: string) => files.find((one) => one.path === path)?.text ?? '';
const place = 'https://meet.example.org/telephone/room';

/** Stands in for the stack: one PIN, one password. What was asked is kept. */
async function stack() {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (part) => {
      body += part;
    });
    request.on('end', () => {
      const login = `Basic ${Buffer.from('pbx:s3cret').toString('base64')}`;
      asked.push(`${request.method} ${body}`);
      if (request.headers.authorization !== login) response.writeHead(401);
      else if (body === 'pin=1234567890') response.write('b%c3%bcro');
      else response.writeHead(404);
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/telephone/room`;
  return { asked, url, close: () => server.close() };
}

test('the page gets the numbers in the order of the answer', () => {
  assert.equal(JSON.parse(textOf('jitsi/web/telephone/numbers.json')), [
    { countryCode: 'DE', formattedNumber: '+49 30 123456', tollFree: false },
    { countryCode: 'CH', formattedNumber: '+41 (44) 123-456', tollFree: false },
  ]);
});

test('Asterisk and FreeSWITCH ask in the same words, and of a caller’s keys only digits reach them', () => {
  const asterisk = textOf('telephone/asterisk/extensions.conf');
  assert.match(
    asterisk,
    /PIN=\$\{FILTER\(0-9,\$\{PIN\}\)\}\)\n same => n,Set\(JITSI_ROOM=\$\{SHELL\(curl --config \/etc\/asterisk\/jitsi-room\.curl --data pin=\$\{PIN\}\)\}\)/,
  );
  assert.match(asterisk, 'Dial(PJSIP/meet,');
  for (const digits of ['4930123456', '4144123456'])
    assert.match(textOf('telephone/freeswitch/jitsi.xml'), `"^\\+?${digits}$"`);
});

const curl = await needs(test, 'host:curl');

curl('curl asks as the file says', async () => {
  const server = await stack();
  const folder = mkdtempSync(join(tmpdir(), 'exchange-'));
  const config = join(folder, 'jitsi-room.curl');
  const text = textOf('telephone/jitsi-room.curl');
  assert.match(text, `url = ${place}\n`);
  const ask = async (password: string, pin: string) => {
    writeFileSync(config, text.replace(place, server.url).replace('PASSWORD"', `${password}"`));
    const words = ['--config', config, '--data', `pin=${pin}`];
    const { stdout, ok } = await command('curl', words);
    return ok ? stdout : 'refused';
  };
  try {
    assert.is(await ask('s3cret', '1234567890'), 'b%c3%bcro');
    assert.is(await ask('s3cret', '1234567891'), 'refused');
    assert.is(await ask('guess', '1234567890'), 'refused');
    assert.is(server.asked[0], 'POST pin=1234567890');
  } finally {
    server.close();
    rmSync(folder, { recursive: true });
  }
});

const lua = await needs(test, 'lua5.4');

/** What becomes of a call whose caller types these, in FreeSWITCH's script with a session that stands in for a call. */
async function call(...typed: string[]): Promise<string[]> {
  const script = `
    local typed = { ${typed.map((pin) => `"${pin}"`).join(', ')} }
    session = {}
    function session:answer() print("answer") end
    function session:ready() return #typed > 0 end
    function session:getVariable(name) return "pbx.example.org" end
    function session:streamFile(file) print("says " .. file) end
    function session:execute(name, words) print(name .. " " .. words) end
    function session:hangup() print("hangup") end
    function session:playAndGetDigits() return table.remove(typed, 1) end
    io.popen = function (command)
      print("runs " .. command)
      local room = command:match("pin=1234567890$") and "b%c3%bcro" or ""
      return { read = function () return room end, close = function () end }
    end
    ${textOf('telephone/freeswitch/jitsi.lua')}`;
  const { ok, stdout, output } = await inSandbox('lua5.4', ['-'], { input: script });
  if (!ok) throw new Error(output);
  return stdout.trim().split('\n');
}

lua('FreeSWITCH leads a caller to the gateway with the name of the room', async () => {
  const curl = 'runs curl --config /etc/freeswitch/jitsi-room.curl --data pin=';
  assert.equal(await call('1111111111', '1234567890'), [
    'answer',
    `${curl}1111111111`,
    'says conference/conf-bad-pin.wav',
    `${curl}1234567890`,
    'export nolocal:sip_h_X-Room-Name=b%c3%bcro',
    'bridge user/meet@pbx.example.org',
  ]);
  const third = await call('1', '2', '3', '1234567890');
  assert.is(third.at(-1), 'hangup');
  assert.not.match(third.join(), '1234567890');
  // Nothing but digits ever reaches a shell.
  assert.not.match((await call('', '1; reboot', '$(id)', '')).join(), 'runs');
});

/** What Twilio is told to do with a call. */
async function twilio(url: string, Digits?: string): Promise<string[]> {
  const done: string[] = [];
  class VoiceResponse {
    say(words: string) {
      done.push(`say ${words}`);
    }
    gather({ numDigits }: { numDigits: number }) {
      done.push(`gather ${numDigits}`);
      return this;
    }
    dial() {
      return { sip: (address: string) => done.push(`dial ${address}`) };
    }
  }
  const exports: { handler?: (...words: unknown[]) => Promise<void> } = {};
  const text = textOf('telephone/twilio.js');
  assert.match(text, `stack = "${place}"`);
  const names = { exports, Twilio: { twiml: { VoiceResponse } }, fetch, Buffer };
  runInNewContext(text.replace(place, url), names);
  const context = { STACK_PASSWORD: 's3cret', GATEWAY: 'meet@lab.sip.twilio.com' };
  await exports.handler?.(context, { Digits }, () => {});
  return done;
}

test('Twilio is told to ask for ten digits, and to call the gateway', async () => {
  const server = await stack();
  try {
    const asks = ['gather 10', 'say Please type the ten digits of your PIN.'];
    assert.equal(await twilio(server.url), asks);
    assert.equal(await twilio(server.url, '1234567890'), [
      'dial sip:meet@lab.sip.twilio.com?X-Room-Name=b%25c3%25bcro',
    ]);
    const wrong = 'say There is no meeting with this PIN now.';
    assert.equal(await twilio(server.url, '1111111111'), [wrong, ...asks]);
    assert.equal(await twilio(server.url, '1234567890&pin=2'), [wrong, ...asks]);
    assert.equal(server.asked, ['POST pin=1234567890', 'POST pin=1111111111']);
  } finally {
    server.close();
  }
});

test.run();
