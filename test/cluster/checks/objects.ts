import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { stacks } from '../../blueprints/kubernetes/stacks.ts';
import { ensure } from '../../lab/check.ts';
import { type Outcome, run } from '../../lab/process.ts';
import { placeChart, replaceChart } from '../chart.ts';
import type { Cluster } from '../cluster.ts';
import { definitionFiles } from '../definitions.ts';
import { objectsOf } from '../owner.ts';
import type { ClusterCheck } from '../world.ts';

/** Every kind of stack, asked of the API server itself; cert-manager's and KEDA's objects with their own definitions. */
export const objects: ClusterCheck = {
  name: 'objects: the API server takes all of every stack',
  run: async ({ cluster, chart, scratch }) => {
    const { env } = cluster;
    for (const file of await definitionFiles())
      await cluster.run(['kubectl', 'apply', '--server-side', '-f', file]);
    const kinds = new Set<string>();
    let taken = 0;
    const nonsense = await ask(cluster, JSON.stringify(budgetWithNonsense));
    ensure(/not declared in schema/.test(nonsense.stderr), `it takes anything: ${nonsense.stderr}`);
    for (const { name, stack } of stacks) {
      const directory = mkdtempSync(path.join(scratch, 'objects-'));
      for (const { path: file, text } of stack.files) {
        mkdirSync(path.dirname(path.join(directory, file)), { recursive: true });
        writeFileSync(path.join(directory, file), text);
      }
      mkdirSync(path.join(directory, 'jitsi/branding'), { recursive: true });
      writeFileSync(
        path.join(directory, 'jitsi/branding/logo.svg'),
        '<svg xmlns="http://www.w3.org/2000/svg"/>',
      );
      if (chart === undefined) replaceChart(directory);
      else placeChart(directory, chart);
      const text = await run('kustomize', ['build', '--enable-helm', directory], { env });
      const { code, stderr } = await ask(cluster, text);
      ensure(code === 0, `${name}: ${stderr}`);
      for (const { kind } of objectsOf(text)) {
        kinds.add(kind);
        taken += 1;
      }
    }
    return `${taken} objects of ${stacks.length} stacks: ${[...kinds].sort().join(', ')}`;
  },
};

/** An object that strict reading refuses. */
const budgetWithNonsense = {
  apiVersion: 'policy/v1',
  kind: 'PodDisruptionBudget',
  metadata: { name: 'nonsense' },
  spec: { maxUnavailable: 1, maxUnavailabel: 1, selector: {} },
};

/** Whether the API server would take objects; their namespaces are not there. */
function ask(cluster: Cluster, text: string): Promise<Outcome> {
  const words = ['apply', '--server-side', '--dry-run=server', '--validate=strict', '-f', '-'];
  const input = text.replaceAll(/^( {2}namespace:) .*$/gm, '$1 default');
  return cluster.attempt(['kubectl', ...words], { input });
}
