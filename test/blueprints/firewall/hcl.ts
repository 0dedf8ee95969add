import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
// Its own types bring those of browsers along, which differ from Node's for everybody.
const { parse } = require('@cdktf/hcl2json') as {
  parse: (name: string, text: string) => Promise<Record<string, unknown>>;
};

/** Blocks of one kind, by their labels. */
type Blocks = Readonly<Record<string, unknown>>;

/**
 * Arguments of the resources and data sources that the modules use, as the providers' references have them; blocks inside in
 * brackets of their own.
 */
const known: Readonly<Record<string, readonly string[]>> = {
  'data aws_instance': ['instance_id'],
  'data aws_subnet': ['id'],
  aws_security_group: ['name', 'description', 'vpc_id'],
  aws_vpc_security_group_ingress_rule: [
    ...['security_group_id', 'description', 'ip_protocol', 'from_port', 'to_port'],
    ...['cidr_ipv4', 'cidr_ipv6'],
  ],
  aws_network_interface_sg_attachment: ['security_group_id', 'network_interface_id'],
  hcloud_firewall: ['name', 'rule'],
  'hcloud_firewall rule': ['description', 'direction', 'protocol', 'port', 'source_ips'],
  hcloud_firewall_attachment: ['firewall_id', 'server_ids'],
  digitalocean_firewall: ['name', 'droplet_ids', 'inbound_rule', 'outbound_rule'],
  'digitalocean_firewall inbound_rule': ['protocol', 'port_range', 'source_addresses'],
  'digitalocean_firewall outbound_rule': ['protocol', 'port_range', 'destination_addresses'],
  'data google_compute_instance': ['name', 'zone'],
  google_compute_firewall: [
    ...[
      'name',
      'description',
      'network',
      'direction',
      'source_ranges',
      'destination_ranges',
      'allow',
    ],
  ],
  'google_compute_firewall allow': ['protocol', 'ports'],
  'data azurerm_network_interface': ['name', 'resource_group_name'],
  azurerm_network_security_rule: [
    ...[
      'name',
      'resource_group_name',
      'network_security_group_name',
      'priority',
      'direction',
      'access',
    ],
    ...['protocol', 'source_port_range', 'destination_port_range'],
    ...['source_address_prefix', 'destination_address_prefix'],
  ],
  'data oci_core_instance': ['instance_id'],
  'data oci_core_vnic_attachments': ['compartment_id', 'instance_id'],
  'data oci_core_vnic': ['vnic_id'],
  'data oci_core_subnet': ['subnet_id'],
  oci_core_network_security_group: ['compartment_id', 'vcn_id', 'display_name'],
  oci_core_network_security_group_security_rule: [
    ...[
      'network_security_group_id',
      'description',
      'direction',
      'protocol',
      'source',
      'source_type',
    ],
    ...['stateless', 'tcp_options', 'udp_options'],
  ],
  'oci_core_network_security_group_security_rule tcp_options': ['destination_port_range'],
  'oci_core_network_security_group_security_rule udp_options': ['destination_port_range'],
  'data openstack_networking_port_v2': ['device_id'],
  openstack_networking_secgroup_v2: ['name', 'description'],
  openstack_networking_secgroup_rule_v2: [
    ...['security_group_id', 'description', 'direction', 'ethertype', 'protocol'],
    ...['port_range_min', 'port_range_max', 'remote_ip_prefix'],
  ],
  openstack_networking_port_secgroup_associate_v2: ['port_id', 'security_group_ids'],
  scaleway_instance_security_group: [
    ...[
      'name',
      'description',
      'zone',
      'inbound_default_policy',
      'outbound_default_policy',
      'inbound_rule',
    ],
  ],
  'scaleway_instance_security_group inbound_rule': [
    'port',
    'action',
    'protocol',
    'port_range',
    'ip_range',
  ],
};

/**
 * A module as HashiCorp's own parser reads it, held against what its provider has.
 *
 * @returns the table of ports, by name
 * @throws Error for what is not HCL, or names something that the provider does not have
 */
export async function readModule(text: string) {
  const module = await parse('main.tf', text);
  for (const [kind, of] of [
    ['resource', ''],
    ['data', 'data '],
  ] as const)
    for (const [type, named] of Object.entries((module[kind] ?? {}) as Blocks))
      for (const [body] of Object.values(named as Record<string, [Blocks]>))
        checkArguments(`${of}${type}`, body);
  checkReferences(module, text);
  const locals = Object.assign({}, ...(module.locals as Blocks[])) as Record<string, unknown>;
  return {
    module,
    ports: locals.ports as Readonly<
      Record<string, { protocol: string; first: number; last: number }>
    >,
  };
}

function checkArguments(type: string, body: Blocks): void {
  const allowed = known[type];
  if (!allowed) throw new Error(`nobody knows ${type}`);
  for (const [name, value] of Object.entries(body)) {
    if (name === 'for_each') continue;
    if (name === 'dynamic') {
      for (const [block, uses] of Object.entries(
        value as Record<string, [{ content: [Blocks] }]>,
      )) {
        if (!allowed.includes(block)) throw new Error(`${type} has no ${block}`);
        for (const { content } of uses) checkArguments(`${type} ${block}`, content[0]);
      }
      continue;
    }
    if (!allowed.includes(name)) throw new Error(`${type} has no ${name}`);
    if (known[`${type} ${name}`])
      for (const one of value as Blocks[]) checkArguments(`${type} ${name}`, one);
  }
}

/** Everything that is referred to is in the module. */
function checkReferences(module: Record<string, unknown>, text: string): void {
  const there = (kind: string) => module[kind] as Record<string, Blocks> | undefined;
  const code = text.replace(/#.*$/gm, '');
  for (const [, name = ''] of code.matchAll(/\bvar\.(\w+)/g))
    if (!there('variable')?.[name]) throw new Error(`no variable ${name}`);
  const locals = Object.assign({}, ...(module.locals as Blocks[]));
  for (const [, name = ''] of code.matchAll(/\blocal\.(\w+)/g))
    if (!(name in locals)) throw new Error(`no local ${name}`);
  for (const [, type = '', name = ''] of code.matchAll(/\bdata\.(\w+)\.(\w+)/g))
    if (!there('data')?.[type]?.[name]) throw new Error(`no data ${type}.${name}`);
  const resources = Object.keys(there('resource') ?? {}).join('|');
  for (const [, type = '', name = ''] of code.matchAll(
    new RegExp(`(?<![."\\w])(${resources})\\.(\\w+)`, 'g'),
  ))
    if (!there('resource')?.[type]?.[name]) throw new Error(`no ${type}.${name}`);
}
