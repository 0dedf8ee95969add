import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { changeList, outcomeLine, waysOn } from '../../src/cli/report/changes.ts';
import { networkDrawing } from '../../src/cli/report/drawing.ts';
import { fileList } from '../../src/cli/report/files.ts';
import { foundTable, leadWarning } from '../../src/cli/report/found.ts';
import { overlapText } from '../../src/cli/report/overlap.ts';
import { portTable } from '../../src/cli/report/ports.ts';
import { nextSteps } from '../../src/cli/report/steps.ts';
import { wrap } from '../../src/cli/report/wrap.ts';
import type { Report } from '../../src/cli/stages.ts';
import { plainTerminal } from './plain-terminal.ts';
import { plan } from './plans.ts';

const report = suite('reports');
const { style } = plainTerminal;
const widest = (text: string) => Math.max(...text.split('\n').map((line) => line.length));

report('the network is drawn with the way in, ports, paths and services', () => {
  assert.is(
    networkDrawing(plan, 76, true),
    [
      '┌───────────────────────────────────────────────────────────┐',
      '│ internet → router 203.0.113.7 → this server 192.168.10.20 │',
      '└─┬─────────────────────────────────────────────────────────┘',
      '  │ 80/tcp, 443/tcp ┌───────┐   /                ┌─────┐',
      '  ├────────────────▶│ nginx │─┬─────────────────▶│ web │',
      '  │                 └───────┘ │                  └─────┘',
      '  │                           │ /xmpp-websocket, ┌─────────┐',
      '  │                           ├─────────────────▶│ prosody │',
      '  │                           │ /http-bind       └─────────┘',
      '  │                           │',
      '  │                           │ 5349',
      '  │                           └─────────────────▶ coturn',
      '  │ 3478/udp,       ┌────────┐',
      '  ├────────────────▶│ coturn │',
      '  │ 5349/tcp        └────────┘',
      '  │',
      '  │ 10000/udp       ┌─────┐   5222',
      '  └────────────────▶│ jvb │───────▶ prosody',
      '                    └─────┘',
      '',
      'inside: jicofo ─ 5222 ─▶ prosody',
      'on this server: 127.0.0.1:8289 ─▶ web',
    ].join('\n'),
  );
});

report('where the boxes in a row are too many for the width, the last links stand below', () => {
  const drawing = networkDrawing(plan, 48, true);
  assert.ok(widest(drawing) <= 48, drawing);
  assert.match(drawing, '├────────────────▶│ nginx │\n');
  assert.match(drawing, 'inside: nginx ─ 5349 ─▶ coturn');
});

report('an address of full length is broken at a colon where the width is less', () => {
  const address = '2001:db8:1111:2222:3333:4444:5555:6666';
  const network = { ...plan.answers.network, publicAddresses: ['203.0.113.7', address] };
  const drawing = networkDrawing({ ...plan, answers: { ...plan.answers, network } }, 36, true);
  assert.ok(widest(drawing) <= 36, drawing);
  assert.match(drawing, /│ 2001:db8:1111:2222:3333:4444: +│\n│ 5555:6666 +│/);
});

report('a terminal without line drawing gets the same in ASCII', () => {
  const drawing = networkDrawing(plan, 76, false);
  assert.match(drawing, '+---------------->| coturn |');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: everything outside ASCII is looked for.
  assert.not.match(drawing, /[^\u0000-\u007f]/);
});

report('every port that is open outside is in the table, with who and why', () => {
  const table = portTable(plan, 76);
  for (const width of [36, 60, 76])
    assert.ok(widest(portTable(plan, width)) <= width, String(width));
  assert.match(portTable(plan, 36), /^443\/tcp, internet, nginx\n {2}what nginx/m);
  for (const port of ['22/tcp', '443/tcp', '50000-50199/udp']) assert.match(table, port);
  assert.not.match(table, '5222');
  assert.match(table, /443\/tcp +internet +nginx +what nginx/);
  assert.match(table, /The router forwards 80\/tcp, 443\/tcp, [^.]* to\s192.168.10.20\./);
  assert.match(table, /22\/tcp +local network +this server /);
});

report('files stand by folder, the secrets’ file among them', () => {
  assert.is(
    fileList(plan, 76),
    './      .env, compose.yaml, stack\njitsi/  web/custom-config.js\nnginx/  meet.conf',
  );
});

report('the first command is preceded by the way to it', () => {
  const steps = nextSteps(plan, './my meet', 76, style);
  assert.match(
    steps,
    "2. Start it\n   Takes a while.\n   $ cd './my meet'\n   $ docker compose up -d",
  );
  assert.not.match(nextSteps(plan, '.', 76, style), '$ cd');
});

const changed: Report = {
  outcome: 'updated',
  changes: [
    { path: 'compose.yaml', change: 'merged' },
    {
      path: 'coturn/turnserver.conf',
      change: 'kept',
      note: 'no longer generated; it has your edits',
    },
  ],
  overlaps: [],
  notes: [],
  commit: 'abcdef0123456789',
  secrets: { added: [], taken: [] },
  certificate: false,
};

report('the stack that somebody is in has a name in sentences', () => {
  const of = (outcome: Report['outcome'], directory: string) =>
    outcomeLine({ ...changed, outcome }, directory);
  assert.is(of('unchanged', '.'), 'This folder is up to date.');
  assert.is(of('unchanged', '../..'), 'The stack here is up to date.');
  assert.match(of('updated', '..'), 'Updated the stack here: ');
  assert.is(of('unchanged', '../meet'), '../meet is up to date.');
});

report('what was left alone is listed, but not counted as changed', () => {
  assert.is(outcomeLine(changed, 'meet'), 'Updated meet: 1 file, commit abcdef0.');
  const list = changeList(changed.changes, { style, columns: 60 });
  assert.match(list, /^merged {2}compose.yaml\nkept {4}coturn/);
  assert.ok(widest(list) <= 60);
});

report('an overlap shows both sides, and the ways on name its file', () => {
  const overlap = {
    path: 'nginx/meet.conf',
    line: 7,
    lines: 1,
    base: 'a;\n',
    mine: 'b;\n',
    new: '',
  };
  const text = overlapText(overlap, style);
  assert.is(text, 'nginx/meet.conf, line 7\nmine\n< b;\nnew\n  (no lines)');
  const ways = waysOn(
    { ...changed, overlaps: [overlap] },
    'npx create-jitsi-stack@latest meet --turn none',
  );
  for (const way of ['--mine nginx/meet.conf', '--new nginx/meet.conf', '--markers']) {
    assert.match(ways, `npx create-jitsi-stack@latest meet --turn none ${way}`);
  }
});

const local = { public: ['203.0.113.7'], private: ['10.0.0.5'] };
const domain = 'meet.example.org';
const named = (...addresses: string[]) => ({ outcome: 'found', addresses }) as const;

report('what was found fits the terminal', () => {
  const docker = { engine: '28.2.2' };
  const table = foundTable(
    { domain, answer: named('203.0.113.7'), here: { local, docker, firewalls: [] } },
    60,
  );
  assert.ok(widest(table) <= 60, table);
  assert.match(table, '203.0.113.7 (public), 10.0.0.5 (private)');
  assert.match(table, 'no Compose plugin');
});

report('only a name that leads astray is worth a warning', () => {
  const warning = (answer: Parameters<typeof leadWarning>[0]['answer']) =>
    leadWarning({ domain, local, answer }) ?? '';
  assert.is(warning(named('203.0.113.7')), '');
  assert.is(warning({ outcome: 'unknown' }), '');
  assert.match(warning(named('198.51.100.9')), 'points to 198.51.100.9, which is not this server');
  assert.match(warning(named('104.16.1.1')), 'Cloudflare’s proxy');
  assert.match(warning(named('104.16.1.1')), 'DNS only');
  assert.match(warning({ outcome: 'none' }), 'before the first start: A 203.0.113.7');
});

report('an address that somebody gave counts, not the one that was found here', () => {
  const warning = (answer: Parameters<typeof leadWarning>[0]['answer'], given: string[]) =>
    leadWarning({ domain, local, given, answer }) ?? '';
  assert.match(
    warning({ outcome: 'none' }, ['198.51.100.9', '2001:db8::9']),
    'before the first start: A 198.51.100.9, AAAA 2001:db8::9.',
  );
  assert.match(
    warning({ outcome: 'none' }, ['home.example.net']),
    'before the first start: CNAME home.example.net.',
  );
  assert.is(warning(named('198.51.100.9'), ['198.51.100.9']), '');
  assert.is(
    leadWarning({ domain, given: ['198.51.100.9'], answer: named('198.51.100.9') }),
    undefined,
  );
  assert.match(warning(named('203.0.113.7'), ['198.51.100.9']), 'but you gave 198.51.100.9');
  assert.match(
    leadWarning({ domain, given: ['198.51.100.9'], answer: named('203.0.113.7') }) ?? '',
    'points to 203.0.113.7, but you gave 198.51.100.9',
  );
  assert.match(warning(named('104.16.1.1'), ['198.51.100.9']), 'DNS only');
});

report(
  'of another computer only DNS is shown, and no private address is proposed for a record',
  () => {
    const table = foundTable({ domain, answer: named('203.0.113.7') }, 60);
    assert.is(table, `DNS  ${domain} points to 203.0.113.7`);
    assert.is(leadWarning({ domain, answer: named('203.0.113.7') }), undefined);
    const laptop = { public: [], private: ['192.168.1.23'] };
    for (const known of [{}, { local: laptop }]) {
      assert.not.match(
        leadWarning({ domain, answer: { outcome: 'none' }, ...known }) ?? '',
        '192.168',
      );
    }
  },
);

report('text is broken between words', () => {
  assert.equal(wrap('one two three', 7), ['one two', 'three']);
  assert.equal(wrap('a\n\nlongerthanthat b', 6), ['a', '', 'longerthanthat', 'b']);
});

report.run();
