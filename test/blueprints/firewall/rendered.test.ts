import { spawnSync } from 'node:child_process';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Endpoint, Plan } from '../../../src/plan/plan.ts';
import { needs } from '../../programs/needs.ts';
import { nftCheck } from '../../programs/nft.ts';
import { shellCheck } from '../../programs/shell.ts';
import { writeFiles } from './files.ts';
import { isOpen, nameOf, planFor, render, variants } from './plan.ts';

const firewalls = ['firewall-nftables', 'firewall-ufw', 'firewall-firewalld', 'firewall-iptables'];

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

    const rules = file('firewall-iptables', 'firewall/iptables.rules', plan);
    const returned = rules.matchAll(
      /^(?:-[46] )?-A JITSI-PORTS (?:-s \S+ )?-p (\w+) -m conntrack --ctorigdstport (\S+) -m comment/gm,
    );
    assert.equal(
      sorted([...returned].map(([, protocol, port]) => `${protocol} ${port?.replace(':', '-')}`)),
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

(await needs(test, 'nft'))('nftables accepts all variants', async () => {
  for (const variant of variants) {
    const folder = writeFiles('firewall-nftables', planFor(variant));
    const { ok, output } = await nftCheck(folder, 'nftables.nft');
    assert.ok(ok, `${nameOf(variant)}: ${output}`);
  }
});

const judged = await needs(test, 'shellcheck', 'host:bash');

for (const blueprint of firewalls) {
  const script = `${blueprint.replace('firewall-', '')}.sh`;

  judged(`shells and shellcheck accept ${script}`, async () => {
    const bare = {
      ...planFor(),
      endpoints: planFor().endpoints.filter(({ name }) => name === 'ssh'),
    };
    for (const plan of [planFor(variants[0]), planFor(variants.at(-1)), bare]) {
      const cwd = writeFiles(blueprint, plan);
      const { ok, output } = await shellCheck(cwd, script);
      assert.ok(ok, output);
      const bash = spawnSync('bash', ['--posix', '-n', script], { cwd, encoding: 'utf8' });
      assert.is(bash.status, 0, bash.stderr);
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
