import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { combinations } from '../../matrix/combinations.ts';
import { renderedOf } from '../../matrix/stack.ts';

/** A table of FortiOS: its objects by name, each with the words behind every `set`. */
type Tables = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, string>>>>>>;

/** Reads FortiOS's own grammar of `config`, `edit`, `set`, `next` and `end`; anything else is an error. */
function parse(text: string): Tables {
  const tables: Record<string, Record<string, Record<string, string>>> = {};
  let table: Record<string, Record<string, string>> | undefined;
  let object: Record<string, string> | undefined;
  for (const line of text.split('\n').map((one) => one.trim())) {
    if (line === '' || line.startsWith('#')) continue;
    const [word = '', name = '', ...rest] = line.match(/"[^"]*"|\S+/g) ?? [];
    if (word === 'config' && !table) table = tables[[name, ...rest].join(' ')] = {};
    else if (word === 'edit' && table && !object) {
      const key = name.replaceAll('"', '');
      assert.not(key in table, `${key} twice`);
      object = table[key] = {};
    } else if (word === 'set' && object) object[name] = rest.join(' ').replaceAll('"', '');
    else if (line === 'next' && object) object = undefined;
    else if (line === 'end' && table && !object) table = undefined;
    else assert.unreachable(line);
  }
  assert.not(table, 'a table is not closed');
  return tables;
}

const chosen = combinations.filter(({ cases }) =>
  cases.some(({ blueprints }) => blueprints.includes('firewall-fortigate')),
);

async function commandsFor(raw: (typeof combinations)[number]['raw']) {
  const { plan, files } = await renderedOf(raw);
  const { text = '' } = files.find(({ path }) => path === 'firewall/fortigate.conf') ?? {};
  return { plan, tables: parse(text) };
}

const test = suite('FortiGate');

test('lets in exactly what the port table opens, SSH apart', async () => {
  for (const { name, raw } of chosen) {
    const { plan, tables } = await commandsFor(raw);
    const nat = plan.answers.network.exposure === 'nat';
    const wanted = plan.endpoints
      .filter(({ from }) => from === 'internet' || from === 'lan')
      .filter((endpoint) => endpoint.name !== 'ssh' && (endpoint.forward || !nat))
      .map(
        ({ protocol, port, lastPort }) => `${protocol} ${port}${lastPort ? `-${lastPort}` : ''}`,
      );
    const services = tables['firewall service custom'] ?? {};
    const open = Object.values(services).map((service) =>
      service['tcp-portrange']
        ? `tcp ${service['tcp-portrange']}`
        : `udp ${service['udp-portrange']}`,
    );
    assert.equal(open.sort(), wanted.sort(), name);
    const policy = tables['firewall policy']?.['0'];
    assert.equal(policy?.service?.split(' ').sort(), Object.keys(services).sort(), name);
    assert.is(policy?.nat, undefined, 'visitors keep their addresses');
  }
});

test('the policy names objects that the file makes, and these lead to the server', async () => {
  for (const { name, raw } of chosen) {
    const { plan, tables } = await commandsFor(raw);
    const { exposure, publicAddresses, lanAddresses } = plan.answers.network;
    const policy = tables['firewall policy']?.['0'] ?? {};
    const vips = tables['firewall vip'] ?? {};
    const addresses = tables['firewall address'] ?? {};
    assert.equal(
      policy.dstaddr?.split(' ').sort() ?? [],
      Object.keys({ ...vips, ...addresses }).sort(),
      name,
    );
    if (exposure === 'nat') {
      assert.equal(addresses, {}, name);
      for (const vip of Object.values(vips)) {
        assert.is(vip.extip, publicAddresses[0], name);
        assert.is(vip.mappedip, lanAddresses[0], name);
        assert.is(vip.extport, vip.mappedport, name);
      }
    } else assert.equal(vips, {}, name);
    const six = exposure === 'lan' ? lanAddresses : publicAddresses;
    assert.equal(
      Object.values(tables['firewall address6'] ?? {}).map(({ ip6 }) => ip6),
      six.filter((address) => address.includes(':')).map((address) => `${address}/128`),
      name,
    );
    assert.is(policy.dstaddr6 !== undefined, 'firewall address6' in tables, name);
    assert.ok(policy.dstaddr ?? policy.dstaddr6, `${name}: the policy leads nowhere`);
  }
});

test.run();
