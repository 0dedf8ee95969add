import ipaddr from 'ipaddr.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { renderedOf } from '../../matrix/stack.ts';

const denied = suite('whom the relay must never reach');

/** Whether a range is all addresses of one prefix. */
function isPrefix(from: string, to: string): boolean {
  const [low, high] = [from, to].map((one) =>
    [...ipaddr.parse(one).toByteArray()].map((byte) => byte.toString(2).padStart(8, '0')).join(''),
  ) as [string, string];
  const bits = [...low].findIndex((bit, index) => bit !== high[index]);
  return /^0+$/.test(low.slice(bits)) && /^1+$/.test(high.slice(bits));
}

denied(
  'ranges of IPv6 are whole prefixes: older versions compare others byte by byte',
  async () => {
    assert.not(isPrefix('4000::', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'));
    const { files } = await renderedOf({
      domain: 'meet.example.org',
      network: { exposure: 'public', publicAddresses: ['198.51.100.7'], lanAddresses: [] },
      certificates: { source: 'own' },
      turn: { mode: 'coturn', domain: 'turn.example.org' },
      auth: { mode: 'open', strangers: true },
    });
    const text = files.find(({ path }) => path === 'coturn/turnserver.conf')?.text ?? '';
    const ranges = [...text.matchAll(/^denied-peer-ip=(\S*:\S*)-(\S+)$/gm)];
    assert.ok(ranges.length >= 7);
    for (const [line, from = '', to = ''] of ranges) assert.ok(isPrefix(from, to), line);
  },
);

denied.run();
