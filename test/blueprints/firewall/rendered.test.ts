import { spawnSync } from 'node:child_process';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Endpoint, Plan } from '../../../src/plan/plan.ts';
import { writeFiles } from './files.ts';
import { where } from './needs.ts';
import { isOpen, nameOf, planFor, render, variants } from './plan.ts';

const firewalls = ['firewall-nftables', 'firewall-ufw', 'firewall-firewalld'];

/** One row as `tcp 443` or `udp 50000-50199`. */
const row = ({ protocol, port, lastPort }: Endpoint) =>
  `${protocol} ${lastPort ? `${port}-${lastPort}` : port}`;
const sorted = (list: Iterable<string>) => [...new Set(list)].sort();
const openRows = (plan: Plan) => sorted(plan.endpoints.filter(isOpen).map(row));

function file(blueprint: string, path: string, plan: Plan): string {
  const text = render(blueprint, plan).get(path);
  if (text === undefined) throw new Error(`${blueprint} has no ${path}`);
  return text;
}

for (const variant of variants) {
  const plan = planFor(variant);

  test(`agreement with the port table: ${nameOf(variant)}`, () => {
    const nft = file('firewall-nftables', 'firewall/nftables.nft', plan);
    const accepted = nft.matchAll(/meta l4proto (\w+) ct original proto-dst (\S+) accept comment/g);
    assert.equal(
      sorted([...accepted].map(([, protocol, port]) => `${protocol} ${port}`)),
      openRows(plan),
    );

    for (const name of ['ufw', 'firewalld']) {
      const script = file(`firewall-${name}`, `firewall/${name}.sh`, plan);
      const listed = script.matchAll(/^ {2}row (tcp|udp) ([\d:]+) (internet|lan) \S+$/gm);
      assert.equal(
        sorted([...listed].map(([, protocol, port]) => `${protocol} ${port?.replace(':', '-')}`)),
        openRows(plan),
        name,
      );
    }
  });

  test(`the page for people: ${nameOf(variant)}`, () => {
    const page = file('firewall-ports', 'firewall/ports.md', plan);
    const section = (title: string) => page.split(`## ${title}\n`)[1]?.split('\n## ')[0] ?? '';
    const rows = (title: string) =>
      sorted(
        [...section(title).matchAll(/^\| `([\d-]+)\/(\w+)` \|/gm)].map(
          ([, port, protocol]) => `${protocol} ${port}`,
        ),
      );
    assert.equal(rows('Open'), openRows(plan));
    assert.equal(rows('Closed'), sorted(plan.endpoints.filter((e) => !isOpen(e)).map(row)));
    assert.equal(
      rows('On the router'),
      sorted(plan.endpoints.filter(({ forward }) => forward).map(row)),
    );
    assert.is(page.includes('## On the router'), variant.exposure === 'nat');
    assert.not.match(page, /undefined|null|\[object/);
    for (const table of page.match(/(^\|.*\n)+/gm) ?? []) {
      const widths = table
        .trim()
        .split('\n')
        .map((line) => line.replaceAll('\\|', '').split('|').length);
      assert.is(new Set(widths).size, 1, table);
    }
  });
}

test('SSH is open, and no router need forward it', () => {
  const ssh = planFor({ exposure: 'nat', sshPort: 2222 }).endpoints.find(
    ({ name }) => name === 'ssh',
  );
  assert.equal(
    [ssh?.port, ssh?.from, ssh?.service, ssh?.forward],
    [2222, 'internet', 'host', false],
  );
});

where(
  test,
  'nft',
  'unshare',
)('nftables accepts all variants', () => {
  for (const variant of variants) {
    const cwd = writeFiles('firewall-nftables', planFor(variant));
    const checked = spawnSync('unshare', ['-n', 'nft', '-c', '-f', 'nftables.nft'], {
      cwd,
      encoding: 'utf8',
    });
    assert.is(checked.status, 0, `${nameOf(variant)}: ${checked.stderr}`);
  }
});

const parsers = [
  ['sh', '-n'],
  ['dash', '-n'],
  ['bash', '--posix', '-n'],
  ['shellcheck', '--shell=sh'],
] as const;

for (const blueprint of firewalls) {
  const script = `${blueprint.replace('firewall-', '')}.sh`;

  where(
    test,
    'shellcheck',
    'dash',
    'bash',
  )(`shells and shellcheck accept ${script}`, () => {
    const bare = {
      ...planFor(),
      endpoints: planFor().endpoints.filter(({ name }) => name === 'ssh'),
    };
    for (const plan of [planFor(variants[0]), planFor(variants.at(-1)), bare]) {
      const cwd = writeFiles(blueprint, plan);
      for (const [program, ...options] of parsers) {
        const checked = spawnSync(program, [...options, script], { cwd, encoding: 'utf8' });
        assert.is(checked.status, 0, `${program} ${script}\n${checked.stdout}${checked.stderr}`);
      }
    }
  });

  test(`${script} refuses what it does not know`, () => {
    const cwd = writeFiles(blueprint, planFor());
    for (const options of [[], ['destroy']]) {
      const refused = spawnSync(`./${script}`, options, { cwd, encoding: 'utf8' });
      assert.is(refused.status, 2);
      assert.match(refused.stderr, /^Usage: /);
    }
  });
}

test.run();
