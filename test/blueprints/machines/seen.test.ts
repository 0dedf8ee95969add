import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { renderTemplate } from '../../../src/render/template.ts';
import { templateAt } from '../../../src/template-files.ts';

const test = suite<{ folder: string }>('what jicofo says of the machines');

const source = 'machines/files/jitsi/machines/seen.sh.ejs';
const script = (bridges: string, recorders: string) =>
  renderTemplate(
    { path: 'jitsi/machines/seen.sh', format: 'sh', source, read: templateAt },
    { bridges, recorders },
  );

test.before.each((context) => {
  context.folder = mkdtempSync(join(tmpdir(), 'seen-'));
});
test.after.each(({ folder }) => rmSync(folder, { recursive: true, force: true }));

/** What jicofo says of a bridge that drains, and of one that does not answer its questions. */
const draining = { drain: true, operational: true };
const silent = { drain: false, operational: false };

/** Asks of three bridges, what jicofo answers of these. */
function seen(
  folder: string,
  bridges: readonly (string | readonly [string, object])[],
  spread: boolean,
  ...words: string[]
) {
  const room = 'jvbbrewery@internal-muc.meet.jitsi';
  const bridge = Object.fromEntries(
    bridges.map((one) => {
      const [name, more] = typeof one === 'string' ? [one, {}] : one;
      const said = { drain: false, healthy: true, operational: true, stress: 0.1, ...more };
      return [`${room}/${name}`, said];
    }),
  );
  // Jackson writes it in one line; spread out, or with escaped slashes, it says the same.
  const selector = { bridge_selector: { strategy: 'RegionBased', bridge } };
  const debug = JSON.stringify(selector, null, spread ? 2 : 0).replaceAll(
    '/',
    spread ? '\\/' : '/',
  );
  return asked(folder, script('central b1 b2', ''), debug, words);
}

/** Runs it beside a curl that answers as jicofo does: BridgeSelector.debugState and JibriDetector.debugState. */
function asked(folder: string, input: string, debug: string, words: readonly string[]) {
  writeFileSync(join(folder, 'debug'), debug);
  writeFileSync(
    join(folder, 'curl'),
    `#!/bin/sh\nfor url; do :; done\ncat '${folder}'/"\${url##*/}"\n`,
  );
  chmodSync(join(folder, 'curl'), 0o755);
  const { stdout, status } = spawnSync('sh', ['-s', '--', ...words], {
    input,
    encoding: 'utf8',
    env: { ...process.env, PATH: `${folder}:${process.env.PATH}` },
  });
  assert.is(status, 0);
  return stdout;
}

test('all are there', ({ folder }) => {
  assert.is(seen(folder, ['b2', 'central', 'b1'], false), 'ok bridges all 3 have signed in\n');
});

test('those that are missing are named, also where a name begins like another', ({ folder }) => {
  assert.match(
    seen(folder, ['central', 'b10', 'b2'], false),
    /^critical bridges not signed in: b1\./,
  );
  assert.is(seen(folder, ['b1'], false, 'list'), 'central no\nb1 yes\nb2 no\n');
});

test('one that answers no more is not taken for one that is there', ({ folder }) => {
  const all = ['central', ['b1', silent], ['b2', draining]] as const;
  assert.match(seen(folder, all, false), /^critical bridges-silent .*no more: b1\. The machine/);
  assert.is(seen(folder, all, false, 'list'), 'central yes\nb1 silent\nb2 drained\n');
  assert.is(seen(folder, all, true, 'list'), 'central yes\nb1 silent\nb2 drained\n');
});

test('one that takes no new meetings is well, and named', ({ folder }) => {
  const said = seen(folder, ['central', 'b1', ['b2', draining]], false);
  assert.match(said, /^ok bridges all 3 have signed in; without new meetings .*: b2\n$/);
});

test('of two releases at a time those are named that differ from this server’s', ({ folder }) => {
  const older = { version: '2.3-231-gaa', release: '5000' };
  const newer = { version: '2.3-278-gbb', release: '5100' };
  // Jicofo has them in any order.
  const said = (central: object, b1: object, b2: object, spread = false) =>
    seen(
      folder,
      [
        ['b1', b1],
        ['central', central],
        ['b2', b2],
      ],
      spread,
    );
  const others = (text: string) =>
    /^warning bridge-releases of another release (.*)\. Those/m.exec(text)?.[1];
  assert.is(others(said(newer, older, older)), 'than central: b1, b2');
  assert.is(others(said(newer, newer, older, true)), 'than central: b2');
  assert.is(others(said(newer, newer, newer)), undefined);
  assert.is(others(said(newer, { ...newer, release: '5099' }, newer)), 'than central: b1');
  assert.is(others(said(newer, { version: 'null', release: 'null' }, newer)), undefined);
  assert.is(
    others(
      seen(
        folder,
        [
          ['b1', newer],
          ['b2', older],
        ],
        false,
      ),
    ),
    'than b1: b2',
  );
  const all = [
    ['central', newer],
    ['b1', older],
    ['b2', newer],
  ] as const;
  assert.is(seen(folder, all, false, 'list'), 'central yes\nb1 yes\nb2 yes\n');
});

test('recorders are seen by their names, in a meeting or not', ({ folder }) => {
  const jibri = { health_status: 'HEALTHY', busy_status: 'IDLE', reports_available: true };
  const debug = (r1: object) =>
    JSON.stringify({
      bridge_selector: { bridge: { 'jvbbrewery@internal-muc.meet.jitsi/r3': { drain: false } } },
      jibri_detector: { is_sip: false, brewery_jid: 'jibribrewery@x', 'jibri-12': jibri, r1 },
      sip_jibri_detector: null,
    });
  const ask = (r1: object, names: string, ...words: string[]) =>
    asked(folder, script('', names), debug(r1), words);
  assert.is(ask(jibri, 'r1'), 'ok recorders all 1 have signed in\n');
  const busy = { ...jibri, busy_status: 'BUSY' };
  assert.match(ask(busy, 'r1'), /^ok recorders all 1 .*; in a meeting now: r1\n$/);
  const ill = { ...jibri, health_status: 'UNHEALTHY' };
  assert.match(ask(ill, 'r1'), /^critical recorders-ill signed in, and not well: r1\./);
  // One of that name among the bridges is none of them.
  assert.match(ask(jibri, 'r1 r3'), /^critical recorders not signed in: r3\./);
  assert.is(ask(busy, 'r1 r3', 'list'), 'r1 busy\nr3 no\n');
  const off = JSON.stringify({ bridge_selector: {}, jibri_detector: null });
  assert.match(asked(folder, script('', 'r1'), off, []), /not signed in: r1/);
});

test.run();
