import {
  defineBlueprint,
  isIPv6,
  openRouter,
  routerFirewall,
  series,
} from '../../src/blueprint.ts';
import { uuidOf } from './uuid.ts';

/**
 * Files that OPNsense imports. The columns are the fields of its models DNat.xml and Filter.xml, the import is
 * `uploadRules` of its controllers DNatController.php and FilterController.php (https://github.com/opnsense/core), all as of
 * 26.1: a row with a known `@uuid` replaces that rule, any other adds one. Restoring a part of config.xml instead would
 * replace all rules of the owner's.
 */
export const firewallOpnsense = defineBlueprint({
  id: 'firewall-opnsense',
  title: 'OPNsense',
  order: 94,
  offer: {
    section: 'firewall',
    value: 'opnsense',
    label: 'OPNsense',
    hint: 'files to import, and the steps',
    order: 12,
    group: 'router',
  },
  fields: {
    wan: {
      kind: 'interface',
      question: 'Which of OPNsense’s interfaces is the internet?',
      description:
        'identifier of the interface that is the internet, as in Interfaces: Assignments; wan is its own',
      default: 'wan',
      advanced: true,
    },
  },
  formats: { '*.csv': 'lines' },
  contribute: ({ answers: { network } }) => ({
    ...openRouter({
      name: 'OPNsense',
      file: 'firewall/opnsense.md',
      how: 'firewall/opnsense.md has the steps: what is to be imported where, and how it is removed.',
    }),
    files: {
      // What is translated is forwarded, the rest only passes.
      ...(network.exposure !== 'nat' && { 'firewall/opnsense-nat.csv': { absent: true } }),
      ...(network.exposure === 'nat' &&
        !network.publicAddresses.some(isIPv6) && {
          'firewall/opnsense-rules.csv': { absent: true },
        }),
    },
  }),
  present(plan, { wan }) {
    const view = routerFirewall(plan);
    const passed = [
      ...view.reached4.map((address) => ({
        ...{ address, family: 'inet', sources: view.local4, rows: view.rows },
      })),
      ...view.reached6.map((address) => ({
        ...{ address, family: 'inet6', sources: view.local6, rows: view.rows6 },
      })),
    ];
    const rules = passed.flatMap(({ address, family, sources, rows }) =>
      rows.map((row) => ({
        ...row,
        protocol: row.protocol.toUpperCase(),
        address,
        family,
        sources: series(row.source ? [row.source] : view.lan ? sources : ['any']),
        uuid: uuidOf(`${view.tag} ${row.name} ${address}`),
      })),
    );
    return {
      ...view,
      wan,
      // People of a local network come through any interface.
      fromWan: !view.lan,
      forwards: (view.server === '' ? [] : view.rows).map((row, index) => ({
        ...row,
        from: row.source || 'any',
        sequence: index + 1,
        uuid: uuidOf(`${view.tag} ${row.name}`),
      })),
      rules: rules.map((rule, index) => ({ ...rule, sequence: index + 1 })),
    };
  },
});
