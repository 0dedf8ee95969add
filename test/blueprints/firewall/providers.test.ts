import { spawnSync } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { needs } from '../../programs/needs.ts';
import { shellCheck } from '../../programs/shell.ts';
import { stackBehind } from './answered.ts';
import { providers } from './clis.ts';
import { temporary } from './files.ts';
import { readModule } from './hcl.ts';
import { moduleOpens, scriptOpens } from './read/provider.ts';
import { strictCli } from './strict-cli.ts';

const all = [
  'aws',
  'azure',
  'digitalocean',
  'google',
  'hetzner',
  'openstack',
  'oracle',
  'scaleway',
];

const networks = {
  public: {
    exposure: 'public',
    publicAddresses: ['198.51.100.7', '2001:db8::7'],
    lanAddresses: [],
    ipv6: true,
  },
  nat: { exposure: 'nat', publicAddresses: ['198.51.100.7'], lanAddresses: ['10.0.0.4'] },
  lan: { exposure: 'lan', publicAddresses: [], lanAddresses: ['10.0.0.4'] },
};

async function filesFor(network: object) {
  const { files } = await stackBehind(all, network);
  return new Map(files.map(({ path, text }) => [path, text]));
}

const test = suite('firewalls of providers');

test('every module is HCL, and its provider has what it names', async () => {
  for (const network of Object.values(networks)) {
    const files = await filesFor(network);
    for (const provider of all) {
      const { ports } = await readModule(files.get(`firewall/${provider}/main.tf`) ?? '');
      assert.equal(
        Object.values(ports)
          .map(
            ({ protocol, first, last }) =>
              `${first === last ? first : `${first}-${last}`}/${protocol}`,
          )
          .sort(),
        moduleOpens(files, provider)
          .map((one) => one.split(' ')[0])
          .sort(),
        provider,
      );
    }
  }
});

test('what is not HCL, or not the provider’s, is noticed', async () => {
  const files = await filesFor(networks.public);
  const module = files.get('firewall/aws/main.tf') ?? '';
  for (const [from, to] of [
    ['vpc_id      =', 'vpc         ='],
    ['"aws_security_group" "jitsi" {', '"aws_security_groups" "jitsi" {'],
    ['var.instance_id', 'var.instance'],
    ['local.rules', 'local.rule'],
    ['data.aws_subnet.server', 'data.aws_subnet.other'],
    ['aws_security_group.jitsi.id', 'aws_security_group.group.id'],
    ['locals {', 'locals'],
  ] as const) {
    assert.ok(module.includes(from), from);
    let noticed = false;
    await readModule(module.replaceAll(from, to)).catch(() => {
      noticed = true;
    });
    assert.ok(noticed, to);
  }
});

/** A script of a stack, with the command line that it calls standing in. */
async function scriptOf(provider: keyof typeof providers, network: object) {
  const files = await filesFor(network);
  const folder = temporary();
  const script = join(folder, `${provider}.sh`);
  writeFileSync(script, files.get(`firewall/${provider}.sh`) ?? '');
  chmodSync(script, 0o755);
  const { cli, server } = providers[provider];
  const { bin, calls } = strictCli(folder, cli);
  const run = (command: string, words = server, env = {}) =>
    spawnSync(script, [command, ...words], {
      encoding: 'utf8',
      env: { PATH: `${bin}${delimiter}${process.env.PATH}`, ...env },
    });
  return { folder, files, run, calls };
}

const flat = (lists: readonly string[]) =>
  lists.flatMap((one) => {
    const [port, sources = ''] = one.split(' from ');
    return sources.split(' ').map((source) => `${port} from ${source}`);
  });

for (const provider of Object.keys(providers) as (keyof typeof providers)[]) {
  const { opened, removed, cli } = providers[provider];

  test(`${cli.program} is called as its reference has it, and opens the port table`, async () => {
    for (const network of [networks.public, networks.lan]) {
      const { files, run, calls } = await scriptOf(provider, network);
      const { status, stderr } = run('apply');
      assert.is(status, 0, stderr);
      assert.equal([...opened(calls())].sort(), flat(scriptOpens(files, provider) ?? []).sort());
    }
  });

  test(`${cli.program}: applied again it is brought up to date, and removed it is gone`, async () => {
    const { run, calls } = await scriptOf(provider, networks.nat);
    assert.is(run('apply').status, 0);
    const again = run('apply');
    assert.is(again.status, 0, again.stderr);
    const before = calls().length;
    const gone = run('remove');
    assert.is(gone.status, 0, gone.stderr);
    const commands = calls()
      .slice(before)
      .map(({ command }) => command);
    assert.match(commands.join('\n'), removed);
  });

  test(`${cli.program}: without a server, or with nothing there, nothing is changed`, async () => {
    const { run } = await scriptOf(provider, networks.public);
    assert.is(run('apply', []).status, 2);
    assert.is(run('destroy').status, 2);
    const { status, stderr } = run('remove');
    assert.is(status, 1, stderr);
    assert.match(stderr, /nothing was changed/);
  });

  test(`${cli.program}: a call that fails ends the script`, async () => {
    const { folder, run } = await scriptOf(provider, networks.public);
    const broken = { ...cli, replies: [{ to: 'create|add|authorize', code: 1 }, ...cli.replies] };
    writeFileSync(join(folder, 'cli.json'), JSON.stringify(broken));
    assert.not(run('apply').status === 0);
  });
}

test('SSH can be narrowed', async () => {
  const { run, calls } = await scriptOf('hetzner', networks.public);
  assert.is(run('apply', ['meet'], { SSH_SOURCES: '203.0.113.0/24' }).status, 0);
  const opened = providers.hetzner.opened(calls());
  assert.equal(
    opened.filter((one) => one.startsWith('22/')),
    ['22/tcp from 203.0.113.0/24'],
  );
});

test('a port that is no longer in the table is closed', async () => {
  for (const [provider, gone] of [
    ['google', 'jitsi-meet-example-org-old-ipv4'],
    ['azure', 'jitsi-meet-example-org-old-0'],
  ] as const) {
    const { run, calls } = await scriptOf(provider, networks.public);
    run('apply');
    assert.is(run('apply').status, 0);
    const deleted = calls().filter(({ command }) => command.endsWith('delete'));
    assert.equal(
      deleted.map(({ flags, words }) => words[0] ?? flags['--name']),
      [gone],
    );
  }
});

test('every file says that it was not tried, and how it is taken away', async () => {
  const files = await filesFor(networks.public);
  const own = [...files].filter(([path]) => all.some((one) => path.startsWith(`firewall/${one}`)));
  assert.is(own.length, all.length + Object.keys(providers).length);
  for (const [path, text] of own) {
    assert.match(text, /NOT been tried in a real account/, path);
    assert.match(text, /“(destroy|remove)” takes/, path);
  }
});

(await needs(test, 'shellcheck'))('shells and shellcheck accept the scripts', async () => {
  for (const provider of Object.keys(providers) as (keyof typeof providers)[]) {
    const { folder } = await scriptOf(provider, networks.public);
    const { ok, output } = await shellCheck(folder, `${provider}.sh`);
    assert.ok(ok, output);
  }
});

test.run();
