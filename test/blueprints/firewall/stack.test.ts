import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { until } from '../../lab/process.ts';
import { command } from '../../programs/command.ts';
import { needs } from '../../programs/needs.ts';
import { assertDoors, assertSaid, doorsAt } from './doors.ts';
import { planFor } from './plan.ts';
import { type Calling, FirewallStack, programs } from './stack.ts';
import { machines, server, World } from './world.ts';

const test = suite('./stack firewall');
const when = await needs(test, ...machines, 'host:nft', 'host:setsid');
let world: World;

test.before.each(async () => {
  world = await World.create();
});
test.after.each(() => {
  world.destroy();
});

const sh = (command: string) => world.run(world.server, ['sh', '-c', command]);
/** Every rule; iptables makes its own empty chains when it looks at them. */
const ruleset = () =>
  sh(
    'for table in $(nft list tables inet | cut -d " " -f 3); do nft -s list table inet $table; done; for program in iptables ip6tables; do $program-save -t filter; done',
  ).replace(/^#.*\n|\[\d+:\d+\]/gm, '');
const caller = (stack: FirewallStack) => (words: string, calling?: Calling) =>
  sh(stack.call(words, calling));

when('shows the rules, loads them, and keeps them when a second connection says so', () => {
  const stack = new FirewallStack(['nftables'], planFor());
  const call = caller(stack);
  const before = ruleset();
  const shown = call('plan');
  assertSaid(shown, /^\+.*ct original proto-dst 443 accept comment "https"$/m);
  assertSaid(call('apply'), /Nobody is there to ask: repeat with --yes\.[\s\S]*exit 2/);
  assert.is(ruleset(), before);
  assert.not(existsSync(stack.home));

  assertSaid(call('apply --yes'), 'sudo ./stack firewall confirm');
  assertDoors(world, doorsAt(server.internet, planFor()), 'loaded');
  assertSaid(call('apply --yes'), /Rules wait for your word.*\nexit 1/);
  assertSaid(call('status'), /Rules wait for your word[\s\S]*exit 1/);
  assertSaid(call('confirm'), /older than the rules, so it proves nothing.*\nexit 1/);
  assertSaid(
    call('confirm', { session: '198.18.0.10 50023 198.18.0.50 22' }),
    'The rules stay, also after a restart of the server.',
  );
  assertSaid(call('confirm'), 'Nothing waits to be confirmed.\nexit 1');
  assert.equal(readdirSync(stack.home).sort(), ['folder', 'kept']);
  assertSaid(call('apply --yes'), 'Everything is in force as these files say.');
  assert.not.match(call('status'), /exit/);

  assertSaid(call('remove --yes'), 'No rule of this stack is left.');
  assert.is(ruleset(), before);
  assert.not(existsSync(stack.home));
});

when('sees that somebody has flushed the rules, and loads them again', () => {
  const stack = new FirewallStack(['nftables'], planFor());
  const call = caller(stack);
  sh(stack.install());
  assert.not.match(call('status'), /exit/);
  sh('nft delete table inet jitsi_stack');
  assertSaid(
    call('status'),
    /is not in force on this server: sudo .\/stack firewall apply\nexit 1/,
  );
  assertSaid(call('plan'), '+ table inet jitsi_stack is not loaded');
  sh(stack.install());
  assert.not.match(call('status'), /exit/);
});

when('brings the rules from before back by itself, although the connection is gone', async () => {
  const stack = new FirewallStack(['nftables'], planFor());
  const call = caller(stack);
  sh(stack.install());
  const kept = ruleset();
  stack.update(['nftables'], planFor({ coturn: false }));
  assertSaid(call('plan'), /^-.*comment "turn-tls"$/m);
  const session = world.start(world.server, [
    'setsid',
    'sh',
    '-c',
    `${stack.call('apply --yes', { seconds: 2 })}; sleep 600`,
  ]);
  await until('other rules are there', 60, () => ruleset() !== kept);
  process.kill(-(session.pid ?? 0), 'SIGHUP');
  await until('the rules from before are back', 60, () => existsSync(join(stack.home, 'undone')));
  assert.is(ruleset(), kept);
  assertSaid(call('status'), 'The last rules were not confirmed: those from before are back.');
  assertSaid(call('confirm'), 'Nothing waits to be confirmed.\nexit 1');
});

when('opens the ways in that this server really has', () => {
  const stack = new FirewallStack(['nftables'], planFor({ exposure: 'lan' }));
  const way = { session: '203.0.113.9 50022 198.18.0.50 2200', env: "SSHD='22 2222'" };
  assertSaid(sh(stack.call('plan', way)), /^\+2222 lan$[\s\S]*^\+2200 203\.0\.113\.9$/m);
  sh(stack.install(way));
  const rules = ruleset();
  for (const rule of [
    /ip saddr \{ .*192\.168\.0\.0\/16.* \} tcp dport 2222 accept/,
    'ip saddr 203.0.113.9 tcp dport 2200 accept',
  ])
    assert.match(rules, rule);
});

when('finds the connection although sudo has taken it from the environment', () => {
  const stack = new FirewallStack(['nftables'], planFor({ exposure: 'lan' }));
  // A shell that sshd has started, and below it one that knows nothing of that.
  const shell = "SSH_CONNECTION='2001:db8:9::7 50022 2001:db8:77::50 22' sh -c";
  const said = sh(
    `${shell} '${stack
      .call('plan')
      .replaceAll("'", `'\\''`)
      .replace(/SSH_CONNECTION='\\''[^']*'\\''/, 'SSH_CONNECTION=')}'`,
  );
  assertSaid(said, /^\+22 2001:db8:9::7$/m);
});

when('refuses to fight what is there, and says what to do', () => {
  const stack = new FirewallStack(['nftables'], planFor());
  const call = caller(stack);
  sh(`nft 'add table inet theirs'
    nft 'add chain inet theirs input { type filter hook input priority 0; policy drop; }'
    iptables -w -P INPUT DROP; ip6tables -w -A INPUT -j REJECT`);
  const before = ruleset();
  const said = call('apply --yes');
  for (const sentence of [
    'nft delete table inet theirs',
    'sudo iptables -P INPUT ACCEPT',
    'sudo ip6tables -D INPUT -j REJECT',
    /Nothing was changed\..*--beside\.\nexit 1/,
  ])
    assertSaid(said, sentence);
  assert.is(ruleset(), before);
  assertSaid(call('apply --yes --beside'), 'sudo ./stack firewall confirm');
});

when('goes back at once when a firewall does not take its rules', () => {
  const stack = new FirewallStack(['nftables'], planFor());
  const call = caller(stack);
  const before = ruleset();
  // Valid, and refused by the kernel when it is loaded.
  sh(
    `cd '${stack.directory}' && sed -i 's/^load() .*/load() { nft add table inet jitsi_stack; false; }/' firewall/nftables.sh`,
  );
  assertSaid(
    call('apply --yes'),
    'nftables did not take the rules, see above. Those from before are back.\nexit 1',
  );
  assert.is(ruleset(), before);
});

when(
  'takes away what was switched off or changed, and brings it back unless that is confirmed',
  async () => {
    const stack = new FirewallStack(['nftables'], planFor());
    const call = caller(stack);
    const before = ruleset();
    sh(stack.install());
    const guarded = ruleset();
    stack.update(['iptables'], planFor());
    assertSaid(call('status'), 'sudo ./stack firewall apply\nexit 1');
    assertSaid(call('plan'), '- everything of nftables, which the answers choose no more');
    sh(stack.call('apply --yes', { seconds: 1 }));
    await until('nftables is back', 60, () => existsSync(join(stack.home, 'undone')));
    assert.is(ruleset(), guarded);
    sh(stack.install());
    assert.not.match(ruleset(), 'jitsi_stack');
    assert.match(ruleset(), 'JITSI-INPUT');
    assertDoors(world, doorsAt(server.internet, planFor()), 'with iptables');
    assert.equal(readdirSync(join(stack.home, 'kept')), ['iptables']);

    stack.update([], planFor());
    assertSaid(call('status'), 'sudo ./stack firewall apply');
    sh(stack.install());
    assert.is(ruleset(), before);
    assert.not(existsSync(stack.home));
    assertSaid(call('apply --yes'), 'The answers choose no firewall for this server');
  },
);

when('knows one stack a server', () => {
  const first = new FirewallStack(['nftables'], planFor());
  sh(first.install());
  const second = new FirewallStack(['nftables'], planFor(), join(first.home, '..'));
  assertSaid(caller(second)('apply --yes'), `that of the stack in ${first.directory}`);
});

const judging = await needs(test, ...machines, 'host:nft', 'host:systemd-analyze');
judging('leaves boot and reset to systemd where it runs', async () => {
  const stack = new FirewallStack(['iptables'], planFor());
  const calls = join(stack.units, '../calls');
  const env = `SYSTEMD='${calls}'`;
  sh(stack.call('apply --yes', { env, seconds: 600 }));
  assert.equal(readdirSync(stack.units), ['jitsi-stack-firewall-undo.service']);
  const undo = readFileSync(join(stack.units, 'jitsi-stack-firewall-undo.service'), 'utf8');
  // A server that was reset meanwhile has the rules from before again.
  const [, start = ''] = /^ExecStart=(.*)$/m.exec(undo) ?? [];
  assert.match(ruleset(), 'JITSI-INPUT');
  sh(`${env} STACK_UNITS='${stack.units}' PATH='${programs}':"$PATH" ${start}`);
  assert.not.match(ruleset(), 'JITSI-INPUT');
  sh(stack.install({ env }));
  assert.equal(readdirSync(stack.units), ['jitsi-stack-firewall.service']);
  const unit = readFileSync(join(stack.units, 'jitsi-stack-firewall.service'), 'utf8');
  assert.match(unit, /^PartOf=netfilter-persistent.service iptables.service ip6tables.service$/m);
  const judged = join(stack.units, '../judged.service');
  for (const text of [undo, unit]) {
    writeFileSync(judged, text);
    const { output } = await command('systemd-analyze', ['verify', '--man=no', judged]);
    assert.not.match(output, 'judged.service');
  }
  const loaded = ruleset();
  sh('iptables -w -F; iptables -w -X JITSI-INPUT; ip6tables -w -F');
  sh(/^ExecStart=(.*)$/m.exec(unit)?.[1] ?? 'false');
  world.docker();
  assert.match(ruleset(), 'JITSI-INPUT');
  assert.is(loaded.match(/JITSI/g)?.length, ruleset().match(/JITSI/g)?.length);
  assert.match(readFileSync(calls, 'utf8'), /^systemctl -q enable jitsi-stack-firewall\.service$/m);
  sh(stack.call('remove --yes', { env }));
  assert.equal(readdirSync(stack.units), []);
});

test.run();
