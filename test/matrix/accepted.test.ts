import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { composeConfig } from '../programs/compose.ts';
import { coturnStart } from '../programs/coturn.ts';
import { haproxyCheck } from '../programs/haproxy.ts';
import { needs } from '../programs/needs.ts';
import { nftCheck } from '../programs/nft.ts';
import { nginxTest } from '../programs/nginx.ts';
import { shellCheck } from '../programs/shell.ts';
import { onDisk } from './directory.ts';
import { distinct, distinctFiles, refused, type Unit } from './judged.ts';

const accepted = suite('the real programs accept every combination');

async function judgeAll(
  units: readonly Unit[],
  judge: (directory: string, unit: Unit) => Promise<{ ok: boolean; output: string }>,
) {
  assert.ok(units.length > 0, 'there is nothing to judge');
  const problems = await refused(units, async (unit) => {
    const { directory, remove } = await onDisk(unit.stack, (path) => unit.paths.includes(path));
    try {
      return await judge(directory, unit);
    } finally {
      remove();
    }
  });
  assert.is(problems.slice(0, 3).join('\n\n'), '', `${problems.length} refused`);
}

(await needs(accepted, 'nginx'))('nginx', () =>
  judgeAll(
    distinct((path) => path.startsWith('nginx/')),
    (directory) => nginxTest(directory),
  ),
);

(await needs(accepted, 'turnserver', 'root'))('coturn', () =>
  judgeAll(
    distinct((path) => path.startsWith('coturn/')),
    (directory, { stack }) => {
      const { publicAddresses, lanAddresses, exposure } = stack.plan.answers.network;
      const own =
        exposure === 'nat' ? publicAddresses.filter((a) => a.includes(':')) : publicAddresses;
      return coturnStart(directory, [...own, ...lanAddresses]);
    },
  ),
);

(await needs(accepted, 'haproxy'))('HAProxy', () =>
  judgeAll(
    distinct((path) => path.startsWith('haproxy/')),
    (directory) => haproxyCheck(directory),
  ),
);

(await needs(accepted, 'docker-compose'))('Docker Compose', () =>
  judgeAll(
    distinct((path) => path === 'compose.yaml'),
    (directory) => composeConfig(directory),
  ),
);

(await needs(accepted, 'nft'))('nft', () =>
  judgeAll(
    distinct((path) => path.endsWith('.nft')),
    (directory) => nftCheck(`${directory}/firewall`, 'nftables.nft'),
  ),
);

/** Scripts that differ in the rows of their port table alone are one script to a judge. */
function withoutRows(text: string): string {
  return text
    .replace(/^ {2}(?:row|forward|pass) .*\n/gm, '  row\n')
    .replace(/(?: {2}row\n)+/g, '  row\n');
}

(await needs(accepted, 'sh', 'shellcheck'))('the shell and shellcheck', () =>
  judgeAll(
    distinctFiles((path) => path.endsWith('.sh') || path === 'stack', withoutRows),
    (directory, { paths }) => shellCheck(directory, paths[0] ?? ''),
  ),
);

accepted.run();
