import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { needs } from '../../programs/needs.ts';
import { shellCheck } from '../../programs/shell.ts';
import { routed, stackBehind } from './answered.ts';
import { temporary } from './files.ts';

/**
 * Stands in for a router's uci, strict about what it is told: sections are lines of a file, and what is not committed is
 * in another one.
 */
const uci = `#!/bin/sh
set -eu
cd "$ROUTER"
if [ "\${1:-}" = -q ]; then shift; fi
case "$*" in
  'show firewall') cat now ;;
  'changes firewall') cmp -s now committed || echo firewall ;;
  'commit firewall') cp now committed ;;
  'revert firewall') cp committed now ;;
  batch)
    while read -r verb rest; do
      case $verb in
        set | add_list) printf '%s\\n' "$rest" >>now ;;
        *) echo "unknown command $verb" >&2; exit 1 ;;
      esac
      [ ! -e full ] || { echo 'no space left' >&2; exit 1; }
    done
    ;;
  'delete firewall.'*)
    grep -q "^$2=" now || { echo 'Entry not found' >&2; exit 1; }
    grep -v "^$2[.=]" now >rest || :
    mv rest now
    ;;
  *) echo "usage: $*" >&2; exit 255 ;;
esac
`;

/** A router with a rule of its owner's, and the script on it. */
async function router() {
  const { files } = await stackBehind(['openwrt'], routed);
  const folder = temporary();
  const { text = '' } = files.find(({ path }) => path === 'firewall/openwrt.sh') ?? {};
  const restart = 'touch "$ROUTER/restarted"';
  writeFileSync(join(folder, 'openwrt.sh'), text.replace('/etc/init.d/firewall restart', restart));
  mkdirSync(join(folder, 'bin'));
  writeFileSync(join(folder, 'bin/uci'), uci);
  chmodSync(join(folder, 'bin/uci'), 0o755);
  const own =
    "firewall.owner=rule\nfirewall.owner.name='mine'\nfirewall.jitsi_other__https_1=redirect\n";
  for (const name of ['now', 'committed']) writeFileSync(join(folder, name), own);
  const run = (...words: string[]) =>
    spawnSync('sh', ['openwrt.sh', ...words], {
      cwd: folder,
      encoding: 'utf8',
      env: { ROUTER: folder, PATH: `${join(folder, 'bin')}${delimiter}${process.env.PATH}` },
    });
  const committed = () => readFileSync(join(folder, 'committed'), 'utf8');
  return { folder, own, run, committed };
}

const openwrt = suite('the script for OpenWrt');

openwrt('applied twice is applied once, and removing leaves what was there', async () => {
  const { own, run, committed } = await router();
  assert.is(run('apply').status, 0);
  const once = committed();
  assert.match(once, "src_dport='443'");
  const again = run('apply');
  assert.is(again.status, 0, again.stderr);
  assert.is(committed(), once);
  assert.is(run('remove').status, 0);
  assert.is(committed(), own, 'the owner’s rules, and another stack’s, are as they were');
});

openwrt('what fails half-way leaves nothing behind', async () => {
  const { folder, own, run, committed } = await router();
  writeFileSync(join(folder, 'full'), '');
  assert.not(run('apply').status === 0);
  assert.is(committed(), own);
  assert.is(readFileSync(join(folder, 'now'), 'utf8'), own);
});

openwrt('changes of the owner’s that wait are neither saved nor lost', async () => {
  const { folder, own, run, committed } = await router();
  const waiting = `${own}firewall.waiting=rule\n`;
  writeFileSync(join(folder, 'now'), waiting);
  const { status, stderr } = run('apply');
  assert.is(status, 1);
  assert.match(stderr, /nobody has saved yet/);
  assert.is(readFileSync(join(folder, 'now'), 'utf8'), waiting);
  assert.is(committed(), own);
});

openwrt('check changes nothing, and what it does not know it refuses', async () => {
  const { own, run, committed } = await router();
  assert.is(run('check').status, 0);
  assert.is(committed(), own);
  assert.is(run('destroy').status, 2);
});

(await needs(openwrt, 'shellcheck'))('shells and shellcheck accept it', async () => {
  const { folder } = await router();
  const { ok, output } = await shellCheck(folder, 'openwrt.sh');
  assert.ok(ok, output);
});

openwrt.run();
