import type { Call, Cli } from './strict-cli.ts';

/** A provider: its command line, what the script is told, and what its calls open (`443/tcp from 0.0.0.0/0`). */
export interface Provider {
  readonly cli: Cli;
  readonly server: readonly string[];
  readonly opened: (calls: readonly Call[]) => readonly string[];
  /** The last words of what remove calls. */
  readonly removed: RegExp;
}

const one = 'one';
const several = 'several';
const nothing = 'nothing';

const opening = (port: string, protocol: string, source: string) =>
  `${port}/${protocol} from ${source}`;
const isIcmp = (protocol: string) => protocol === 'icmp';

/** https://github.com/hetznercloud/cli/tree/main/docs/reference/manual */
const hetzner: Provider = {
  cli: {
    program: 'hcloud',
    commands: {
      'firewall describe': { flags: { '-o': one }, words: 1 },
      'firewall create': { flags: { '--name': one, '--rules-file': one } },
      'firewall replace-rules': { flags: { '--rules-file': one }, words: 1 },
      'firewall apply-to-resource': { flags: { '--type': one, '--server': one }, words: 1 },
      'firewall remove-from-resource': { flags: { '--type': one, '--server': one }, words: 1 },
      'firewall delete': { flags: {}, words: 1 },
      'server describe': { flags: { '-o': one }, words: 1 },
    },
    replies: [
      { to: '^server describe', out: '4711\n' },
      { to: '^firewall describe \\S+ -o', after: 'apply-to-resource', out: '4711 \n' },
      { to: '^firewall describe \\S+ -o', out: '' },
      { to: '^firewall describe', after: 'firewall create', out: 'there\n' },
      { to: '^firewall describe', code: 1 },
    ],
  },
  server: ['meet'],
  opened: (calls) =>
    calls
      .filter(({ command }) => /create|replace-rules/.test(command))
      .slice(-1)
      .flatMap(({ input }) => JSON.parse(input) as Record<string, string | string[]>[])
      .filter(({ protocol }) => !isIcmp(String(protocol)))
      .flatMap(({ protocol, port, source_ips }) =>
        [source_ips]
          .flat()
          .map((source) => opening(String(port), String(protocol), String(source))),
      ),
  removed: /firewall remove-from-resource.*firewall delete$/s,
};

/** https://docs.digitalocean.com/reference/doctl/reference/compute/firewall/ */
const droplet = {
  '--name': one,
  '--droplet-ids': one,
  '--inbound-rules': one,
  '--outbound-rules': one,
} as const;
const digitalocean: Provider = {
  cli: {
    program: 'doctl',
    commands: {
      'compute firewall list': { flags: { '--format': one, '--no-header': nothing } },
      'compute firewall create': { flags: droplet },
      'compute firewall update': { flags: droplet, words: 1 },
      'compute firewall delete': { flags: { '--force': nothing }, words: 1 },
    },
    replies: [
      {
        to: 'list',
        after: 'firewall create',
        out: 'other    1111\njitsi-meet-example-org    f81d4fae\n',
      },
      { to: 'list', out: 'other    1111\n' },
    ],
  },
  server: ['386734086'],
  opened: (calls) =>
    calls
      .filter(({ command }) => /create|update/.test(command))
      .slice(-1)
      .flatMap(({ flags }) => flags['--inbound-rules']?.split(' ') ?? [])
      .flatMap((rule) => {
        const words = rule
          .split(',')
          .map((word) => /^(protocol|ports|address):(.+)$/.exec(word) ?? []);
        const of = (name: string) =>
          words.filter(([, key]) => key === name).map(([, , value = '']) => value);
        const [protocol = ''] = of('protocol');
        if (isIcmp(protocol)) return [];
        return of('address').map((source) => opening(of('ports')[0] ?? '', protocol, source));
      }),
  removed: /compute firewall delete$/,
};

/** https://docs.aws.amazon.com/cli/latest/reference/ec2/ */
const read = { '--output': one, '--query': one, '--filters': several } as const;
const aws: Provider = {
  cli: {
    program: 'aws',
    commands: {
      'ec2 describe-instances': { flags: { ...read, '--instance-ids': several } },
      'ec2 describe-security-groups': { flags: read },
      'ec2 describe-network-interfaces': { flags: { ...read, '--network-interface-ids': several } },
      'ec2 describe-security-group-rules': { flags: read },
      'ec2 create-security-group': {
        flags: {
          '--group-name': one,
          '--description': one,
          '--vpc-id': one,
          '--output': one,
          '--query': one,
        },
      },
      'ec2 authorize-security-group-ingress': {
        flags: { '--group-id': one, '--ip-permissions': several },
      },
      'ec2 revoke-security-group-ingress': {
        flags: { '--group-id': one, '--security-group-rule-ids': several },
      },
      'ec2 modify-network-interface-attribute': {
        flags: { '--network-interface-id': one, '--groups': several },
      },
      'ec2 delete-security-group': { flags: { '--group-id': one } },
    },
    replies: [
      { to: 'describe-instances', out: 'vpc-1\teni-1\n' },
      { to: 'describe-security-groups', after: 'create-security-group', out: 'sg-new\n' },
      { to: 'describe-security-groups', out: 'None\n' },
      { to: 'describe-network-interfaces', after: 'modify-network', out: 'sg-own\tsg-new\n' },
      { to: 'describe-network-interfaces', out: 'sg-own\n' },
      // A port of an earlier table, and one of this.
      {
        to: 'describe-security-group-rules',
        out: 'tcp\t22\t22\t0.0.0.0/0\tsgr-1\ntcp\t9999\t9999\t0.0.0.0/0\tsgr-2\n',
      },
      { to: 'create-security-group', out: 'sg-new\n' },
    ],
  },
  server: ['i-0123'],
  opened: (calls) => {
    const rules = calls
      .filter(({ command }) => command.includes('authorize'))
      .map(({ flags }) => {
        const [, protocol = '', first, last, source = ''] =
          /^IpProtocol=(\w+),FromPort=(\d+),ToPort=(\d+),Ip(?:Ranges=\[\{CidrIp=[\d./]+\}\]|v6Ranges=\[\{CidrIpv6=[\da-f:/]+\}\])$/
            .exec(flags['--ip-permissions'] ?? '')
            ?.concat(/=([^=]*)\}\]$/.exec(flags['--ip-permissions'] ?? '')?.[1] ?? '') ?? [];
        return opening(first === last ? `${first}` : `${first}-${last}`, protocol, source);
      });
    const revoked = calls.map(({ flags }) => flags['--security-group-rule-ids']);
    const kept = { 'sgr-1': '22/tcp from 0.0.0.0/0', 'sgr-2': '9999/tcp from 0.0.0.0/0' };
    return [
      ...rules,
      ...Object.entries(kept).flatMap(([id, one]) => (revoked.includes(id) ? [] : [one])),
    ];
  },
  removed: /modify-network-interface-attribute\nec2 delete-security-group$/,
};

/** https://cloud.google.com/sdk/gcloud/reference/compute/firewall-rules */
const rule = { '--rules': one, '--source-ranges': one, '--destination-ranges': one } as const;
const google: Provider = {
  cli: {
    program: 'gcloud',
    commands: {
      'compute instances describe': { flags: { '--zone': one, '--format': one }, words: 1 },
      'compute firewall-rules list': { flags: { '--filter': one, '--format': one } },
      'compute firewall-rules create': {
        flags: {
          ...rule,
          '--description': one,
          '--network': one,
          '--direction': one,
          '--action': one,
        },
        words: 1,
      },
      'compute firewall-rules update': { flags: rule, words: 1 },
      'compute firewall-rules delete': { flags: { '--quiet': nothing }, words: 1 },
    },
    replies: [
      { to: 'instances describe', out: 'default 10.156.0.2 2600:1900::1\n' },
      {
        to: 'list',
        after: 'rules create',
        out: 'jitsi-meet-example-org-ssh-ipv4\njitsi-meet-example-org-old-ipv4\n',
      },
      { to: 'list', out: '' },
    ],
  },
  server: ['meet', 'europe-west3-a'],
  opened: (calls) =>
    calls
      .filter(({ command }) => command.endsWith('create'))
      .flatMap(({ flags }) => {
        const [protocol = '', port = ''] = flags['--rules']?.split(':') ?? [];
        const to = flags['--destination-ranges'] ?? '';
        if (!/^([\d.]+\/32|[\da-f:]+\/128)$/.test(to)) return [`to ${to}`];
        const from = flags['--source-ranges']?.split(',') ?? [];
        return from.map((source) =>
          source.includes(':') === to.includes(':')
            ? opening(port, protocol, source)
            : `${source} to ${to}`,
        );
      }),
  removed: /firewall-rules delete$/,
};

/** https://learn.microsoft.com/cli/azure/network/nsg/rule */
const nsg = { '--resource-group': one, '--nsg-name': one, '--name': one } as const;
const query = { '--query': one, '--output': one } as const;
const azure: Provider = {
  cli: {
    program: 'az',
    commands: {
      'vm show': { flags: { '--resource-group': one, '--name': one, ...query } },
      'network nic show': { flags: { '--ids': one, ...query } },
      'network nsg rule list': { flags: { '--resource-group': one, '--nsg-name': one, ...query } },
      'network nsg rule delete': { flags: nsg },
      'network nsg rule create': {
        flags: {
          ...nsg,
          '--priority': one,
          '--description': one,
          '--direction': one,
          '--access': one,
          '--protocol': one,
          '--source-address-prefixes': several,
          '--destination-port-ranges': several,
          '--output': one,
        },
      },
    },
    replies: [
      {
        to: '^vm show',
        out: '/subscriptions/1/resourceGroups/net/providers/Microsoft.Network/networkInterfaces/meet\n',
      },
      {
        to: 'nic show',
        out: '/subscriptions/1/resourceGroups/net/providers/Microsoft.Network/networkSecurityGroups/meet-nsg\n',
      },
      {
        to: 'rule list',
        after: 'rule create',
        out: 'jitsi-meet-example-org-ssh-0\njitsi-meet-example-org-old-0\n',
      },
      { to: 'rule list', out: '' },
    ],
  },
  server: ['vms', 'meet'],
  opened: (calls) => {
    const made = calls.filter(({ command }) => command.endsWith('create'));
    const priorities = new Set(made.map(({ flags }) => flags['--priority']));
    const places = made.every(
      ({ flags }) => flags['--resource-group'] === 'net' && flags['--nsg-name'] === 'meet-nsg',
    );
    if (priorities.size < made.length || !places)
      return ['two rules of one priority, or another group'];
    const kinds: Readonly<Record<string, string>> = { Tcp: 'tcp', Udp: 'udp' };
    return made.map(({ flags }) =>
      opening(
        flags['--destination-port-ranges'] ?? '',
        kinds[flags['--protocol'] ?? ''] ?? '?',
        flags['--source-address-prefixes'] ?? '',
      ),
    );
  },
  removed: /nsg rule delete$/,
};

/** https://docs.oracle.com/iaas/tools/oci-cli/latest/oci_cli_docs/cmdref/network.html */
const said = { '--query': one, '--raw-output': nothing } as const;
const oracle: Provider = {
  cli: {
    program: 'oci',
    commands: {
      'compute instance list-vnics': { flags: { '--instance-id': one, ...said } },
      'network vnic get': { flags: { '--vnic-id': one, ...said } },
      'network vnic update': { flags: { '--vnic-id': one, '--nsg-ids': one, '--force': nothing } },
      'network subnet get': { flags: { '--subnet-id': one, ...said } },
      'network nsg list': {
        flags: { '--compartment-id': one, '--vcn-id': one, '--display-name': one, ...said },
      },
      'network nsg create': {
        flags: { '--compartment-id': one, '--vcn-id': one, '--display-name': one, ...said },
      },
      'network nsg delete': { flags: { '--nsg-id': one, '--force': nothing } },
      'network nsg rules list': { flags: { '--nsg-id': one, '--all': nothing, ...said } },
      'network nsg rules add': { flags: { '--nsg-id': one, '--security-rules': one } },
      'network nsg rules remove': {
        flags: { '--nsg-id': one, '--security-rule-ids': one },
      },
    },
    replies: [
      { to: 'list-vnics.*compartment', out: 'ocid1.compartment\n' },
      { to: 'list-vnics.*subnet', out: 'ocid1.subnet\n' },
      { to: 'list-vnics', out: 'ocid1.vnic\n' },
      { to: 'vnic get', after: 'vnic update', out: 'ocid1.nsg.own ocid1.nsg.new\n' },
      { to: 'vnic get', out: 'ocid1.nsg.own\n' },
      { to: 'subnet get', out: 'ocid1.vcn\n' },
      { to: 'nsg list', after: 'nsg create', out: 'ocid1.nsg.new\n' },
      { to: 'nsg list', out: 'null\n' },
      { to: 'nsg create', out: 'ocid1.nsg.new\n' },
      { to: 'rules list', after: 'rules add', out: 'A1 A2\n' },
      { to: 'rules list', out: '\n' },
    ],
  },
  server: ['ocid1.instance'],
  opened: (calls) =>
    calls
      .filter(({ command }) => command.endsWith('rules add'))
      .flatMap(({ flags }) => JSON.parse(flags['--security-rules'] ?? '[]') as OracleRule[])
      .map(({ protocol, source, direction, sourceType, tcpOptions, udpOptions }) => {
        const name = tcpOptions ? 'tcp' : 'udp';
        const { min, max } = (tcpOptions ?? udpOptions)?.destinationPortRange ?? {};
        const right =
          protocol === (tcpOptions ? '6' : '17') &&
          direction === 'INGRESS' &&
          sourceType === 'CIDR_BLOCK';
        return opening(min === max ? `${min}` : `${min}-${max}`, right ? name : '?', source);
      }),
  removed: /network vnic update\nnetwork nsg delete$/,
};

interface OracleRule {
  readonly protocol: string;
  readonly source: string;
  readonly direction: string;
  readonly sourceType: string;
  readonly tcpOptions?: Ports;
  readonly udpOptions?: Ports;
}
interface Ports {
  readonly destinationPortRange: { readonly min: number; readonly max: number };
}

export const providers = { aws, azure, digitalocean, google, hetzner, oracle } as const;
