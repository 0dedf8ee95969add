import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { renderTemplate } from '../../../src/render/template.ts';
import { templateAt } from '../../../src/template-files.ts';

const test = suite<{ folder: string }>('what jicofo says of the bridges');

const source = 'machines/files/jitsi/bridges/seen.sh.ejs';
const script = renderTemplate(
  { path: 'jitsi/bridges/seen.sh', format: 'sh', source, read: templateAt },
  { names: 'central b1 b2' },
);

test.before.each((context) => {
  context.folder = mkdtempSync(join(tmpdir(), 'seen-'));
});
test.after.each(({ folder }) => rmSync(folder, { recursive: true, force: true }));

/** Runs it beside a curl that answers as jicofo does: BridgeSelector.debugState, and its metrics. */
function seen(folder: string, bridges: readonly string[], versions: number, ...words: string[]) {
  const room = 'jvbbrewery@internal-muc.meet.jitsi';
  const bridge = Object.fromEntries(bridges.map((name) => [`${room}/${name}`, { stress: '0.1' }]));
  const debug = JSON.stringify({ bridge_selector: { strategy: 'RegionBased', bridge } });
  writeFileSync(join(folder, 'debug'), debug);
  writeFileSync(
    join(folder, 'metrics'),
    `# TYPE x gauge\njitsi_jicofo_bridge_selector_bridge_version_count ${versions}.0\n`,
  );
  writeFileSync(
    join(folder, 'curl'),
    `#!/bin/sh\nfor url; do :; done\ncat '${folder}'/"\${url##*/}"\n`,
  );
  chmodSync(join(folder, 'curl'), 0o755);
  const { stdout, status } = spawnSync('sh', ['-s', '--', ...words], {
    input: script,
    encoding: 'utf8',
    env: { ...process.env, PATH: `${folder}:${process.env.PATH}` },
  });
  assert.is(status, 0);
  return stdout;
}

test('all are there', ({ folder }) => {
  assert.is(seen(folder, ['b2', 'central', 'b1'], 1), 'ok bridges all 3 have signed in\n');
});

test('those that are missing are named, also where a name begins like another', ({ folder }) => {
  assert.match(seen(folder, ['central', 'b10', 'b2'], 1), /^critical bridges not signed in: b1\./);
  assert.is(seen(folder, ['b1'], 1, 'list'), 'central no\nb1 yes\nb2 no\n');
});

test('two releases at a time are said', ({ folder }) => {
  assert.match(seen(folder, ['central', 'b1', 'b2'], 2), /^warning bridge-releases 2 releases/m);
});

test.run();
