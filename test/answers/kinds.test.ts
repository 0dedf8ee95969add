import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Field } from '../../src/answers/field.ts';
import { fieldSchema } from '../../src/answers/kinds.ts';

const kinds = suite('kinds of answers');

function parse(kind: Field['kind'], value: unknown, more: object = {}) {
  const field = { kind, question: '', description: '', ...more } as Field;
  const result = fieldSchema(field).safeParse(value);
  return result.success ? { value: result.data } : { problem: result.error.issues[0]?.message };
}

function accepts(kind: Field['kind'], cases: readonly (readonly [unknown, unknown])[]) {
  for (const [typed, kept] of cases) assert.equal(parse(kind, typed), { value: kept }, `${typed}`);
}

function refuses(kind: Field['kind'], cases: readonly (readonly [unknown, RegExp])[]) {
  for (const [typed, sentence] of cases) {
    const { problem, value } = parse(kind, typed);
    assert.is(value, undefined, `${typed} was accepted`);
    assert.match(problem ?? '', sentence, `${typed}`);
    assert.match(problem ?? '', /[.]$/, `${typed}: not a sentence`);
  }
}

const label63 = 'a'.repeat(63);

kinds('host names are kept in ASCII and lower case', () => {
  accepts('hostname', [
    ['meet.example.org', 'meet.example.org'],
    ['  Meet.EXAMPLE.org ', 'meet.example.org'],
    ['treffen.müller.example', 'treffen.xn--mller-kva.example'],
    ['会议.example', 'xn--6oqu09l.example'],
    ['xn--mller-kva.example', 'xn--mller-kva.example'],
    ['a-1.example.org', 'a-1.example.org'],
    [`${label63}.example`, `${label63}.example`],
    [
      `${label63}.${label63}.${label63}.${'b'.repeat(61)}`,
      `${label63}.${label63}.${label63}.${'b'.repeat(61)}`,
    ],
  ]);
});

kinds('a registry is an image’s name without tag, in lower case', () => {
  accepts('registry', [
    ['ghcr.io/Owner/Name', 'ghcr.io/owner/name'],
    [' registry.example.org:5000/jitsi/ ', 'registry.example.org:5000/jitsi'],
    ['ghcr.io/a.b/c__d/e--f', 'ghcr.io/a.b/c__d/e--f'],
  ]);
  refuses('registry', [
    ['https://ghcr.io/owner/name', /Leave out “https:\/\/”/],
    ['ghcr.io', /path/],
    ['owner/name', /registry and a path/],
    ['ghcr.io/owner//name', /“” cannot/],
    ['ghcr.io/owner/name:latest', /“name:latest” cannot/],
    ['ghcr.io/own er/name', /cannot be part/],
    ['ghcr.io/$(id)/name', /cannot be part/],
  ]);
});

kinds('host names with something besides the name are sent back with what to leave out', () => {
  refuses('hostname', [
    ['https://meet.example.org', /without “https:\/\/”/],
    ['meet.example.org/room', /without a path/],
    ['me@example.org', /without a path or user/],
    ['meet.example.org:8443', /without a port/],
    ['meet.example.org:', /without a port/],
    ['meet.example.org.', /dot at the end/],
    ['my_meet.example.org', /underscore/],
    ['203.0.113.7', /IP address.*ACME/],
    ['[2001:db8::1]', /IP address.*ACME/],
    ['2001:db8::1', /IP address/],
    ['0x7f.1', /IP address|not a host name/],
  ]);
});

kinds('host names that no DNS could hold are refused', () => {
  refuses('hostname', [
    ['', /name is needed/],
    ['   ', /name is needed/],
    ['meet', /full name with a dot/],
    ['meet..example.org', /empty part|not a host name/],
    ['.example.org', /empty part|not a host name/],
    ['-meet.example.org', /hyphens|not a host name/],
    ['meet-.example.org', /hyphens|not a host name/],
    [`${label63}a.example.org`, /63|not a host name/],
    [`${label63}.${label63}.${label63}.${'b'.repeat(62)}`, /253|not a host name/],
    ['meet.example.42', /not a number|not a host name/],
    ['meet example.org', /not a host name|only letters/],
    ['mee$t.example.org', /only letters|not a host name/],
    ['meet;.example.org', /only letters|not a host name/],
    ['meet.example.org\u202e', /not a host name|only letters/],
    [42, /name is needed/],
    [null, /name is needed/],
  ]);
});

kinds('an emoji in a host name arrives as its ASCII form or not at all', () => {
  const { value, problem } = parse('hostname', '🎥.example.org');
  if (value === undefined) assert.match(problem ?? '', /[.]$/);
  else assert.match(String(value), /^xn--[a-z0-9-]+\.example\.org$/);
});

kinds('addresses are literal and spelled one way', () => {
  accepts('address', [
    ['203.0.113.7', '203.0.113.7'],
    [' 203.0.113.7 ', '203.0.113.7'],
    ['2001:DB8:0:0:0:0:0:1', '2001:db8::1'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
  ]);
  refuses('address', [
    ['meet.example.org', /literal IP address/],
    ['203.0.113', /literal IP address/],
    ['203.0.113.256', /literal IP address/],
    ['0x7f000001', /literal IP address/],
    ['203.0.113.07', /literal IP address/],
    ['fe80::1%eth0', /literal IP address/],
    ['203.0.113.7:80', /literal IP address/],
  ]);
});

kinds('lists of addresses come from text and from JSON, each address once', () => {
  accepts('addresses', [
    ['203.0.113.7, 2001:db8::1', ['203.0.113.7', '2001:db8::1']],
    ['203.0.113.7 203.0.113.7', ['203.0.113.7']],
    [['203.0.113.7'], ['203.0.113.7']],
    ['', []],
  ]);
  refuses('addresses', [
    ['203.0.113.7,nonsense', /“nonsense” is not a literal/],
    [[7], /literal IP address is needed/],
    [{}, /list of literal IP addresses/],
  ]);
});

kinds('networks have zero host bits, a useful size and private addresses', () => {
  accepts('cidr', [
    ['172.28.0.0/24', '172.28.0.0/24'],
    ['10.0.0.0/16', '10.0.0.0/16'],
  ]);
  refuses('cidr', [
    ['172.28.0.0', /CIDR/],
    ['172.28.0.1/24', /names a host; its network is 172\.28\.0\.0\/24/],
    ['172.28.0.0/25', /between \/16 and \/24/],
    ['10.0.0.0/8', /between \/16 and \/24/],
    ['8.8.8.0/24', /not private/],
    ['100.64.0.0/24', /not private/],
    ['fd00::/64', /IPv4 network/],
    ['nonsense', /CIDR/],
  ]);
  accepts('cidr6', [['FD28:6A69:7473:0::/64', 'fd28:6a69:7473::/64']]);
  refuses('cidr6', [
    ['172.28.0.0/24', /IPv6 network/],
    ['fd28::1/64', /names a host/],
    ['fd28::/32', /between \/48 and \/64/],
  ]);
});

kinds('e-mail and https addresses', () => {
  accepts('email', [[' ops@example.org ', 'ops@example.org']]);
  refuses('email', [
    ['ops', /not an email address/],
    ['ops@', /not an email address/],
    ['a b@example.org', /not an email address/],
    ['ops@example.org\nbcc@example.org', /not an email address/],
  ]);
  accepts('url', [['https://acme.example/directory', 'https://acme.example/directory']]);
  refuses('url', [
    ['http://acme.example', /https:\/\//],
    ['javascript:alert(1)', /https:\/\//],
    ['https://acme.example/a b', /has to encode/],
    ['https://acme.example/$(id)"', /has to encode/],
    ['https://user:secret@acme.example/', /kept in git/],
    ['nonsense', /https:\/\//],
  ]);
});

kinds('booleans and numbers come as text from flags', () => {
  for (const yes of [true, 'true', '1', 'yes'])
    assert.equal(parse('boolean', yes), { value: true });
  for (const no of [false, 'false', '0', 'no'])
    assert.equal(parse('boolean', no), { value: false });
  refuses('boolean', [['maybe', /true or false/]]);
  const port = { min: 1, max: 65535 };
  assert.equal(parse('integer', '22', port), { value: 22 });
  assert.equal(parse('integer', 65535, port), { value: 65535 });
  for (const bad of ['0', 65536, '2.5', 'ssh', '', '-1', null]) {
    assert.match(parse('integer', bad, port).problem ?? '', /[.]$/, `${bad}`);
  }
});

kinds('choices name what may be chosen', () => {
  const options = { options: [{ value: 'nginx' }, { value: 'haproxy' }] };
  assert.equal(parse('choice', 'nginx', options), { value: 'nginx' });
  assert.match(
    parse('choice', 'apache', options).problem ?? '',
    /“apache” is not one of nginx, haproxy/,
  );
  assert.equal(parse('choices', 'nginx haproxy', options), { value: ['nginx', 'haproxy'] });
  assert.equal(parse('choices', '', options), { value: [] });
  assert.equal(parse('choices', ['nginx', 'nginx'], options), { value: ['nginx'] });
  assert.match(parse('choices', 'nginx,apache', options).problem ?? '', /“apache” is not one of/);
});

kinds('memory is said as people and providers say it, and kept in MiB', () => {
  accepts('memory', [
    ['4 GB', 4096],
    ['4g', 4096],
    ['1,5 GiB', 1536],
    ['957 MB', 957],
    ['2048', 2048],
    [2048, 2048],
  ]);
  refuses('memory', [
    ['much', /such as 4 GB/],
    ['4 KB', /such as 4 GB/],
    ['', /such as 4 GB/],
  ]);
  assert.match(parse('memory', '4', { min: 64 }).problem ?? '', /with its unit, such as 4 GB/);
});

kinds('text holds no control characters and ends somewhere', () => {
  accepts('text', [['Europe/Berlin', 'Europe/Berlin']]);
  refuses('text', [
    ['a\nb', /Line breaks/],
    ['a\u0000b', /control characters/],
    ['x'.repeat(1001), /1000/],
  ]);
});

kinds.run();
