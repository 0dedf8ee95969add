/**
 * Renders stacks with the chart itself, and has every object judged by the schemas of Kubernetes:
 *
 *     LAB_CHART=../jitsi-helm npx tsx test/blueprints/kubernetes/trial.ts
 *
 * LAB_CHART is a clone of jitsi-contrib/jitsi-helm with the tag of the version that chart.ts names. Needs helm, kustomize 5.8 or newer, and
 * Python's kubernetes-validate, none of which a test machine has to have.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { chart } from '../../../blueprints/kubernetes/chart.ts';
import { maintain } from '../../../projenrc/maintain.ts';
import { StackError } from '../../../src/errors.ts';
import { placeChart } from '../../cluster/chart.ts';
import { documents } from './objects.ts';
import { stacks } from './stacks.ts';

/** Whose schemas are not Kubernetes' own. */
const others = /^(cert-manager\.io|keda\.sh)\//;
const judge = [
  'import json, sys',
  'import kubernetes_validate',
  'for one in json.load(sys.stdin):',
  "    kubernetes_validate.validate(one, '1.37', strict=True)",
].join('\n');

await maintain(() => {
  const { LAB_CHART: named } = process.env;
  if (named === undefined)
    throw new StackError({
      what: 'LAB_CHART is not set.',
      fix: `Set it to a clone of jitsi-contrib/jitsi-helm at v${chart.version}.`,
    });
  let judged = 0;
  for (const { name, stack } of stacks) {
    const directory = mkdtempSync(join(tmpdir(), 'cluster-'));
    try {
      for (const { path, text } of stack.files) {
        mkdirSync(dirname(join(directory, path)), { recursive: true });
        writeFileSync(join(directory, path), text);
      }
      const logo = join(directory, 'jitsi/branding');
      mkdirSync(logo, { recursive: true });
      writeFileSync(join(logo, 'logo.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
      placeChart(directory, resolve(named));
      const text = execFileSync('kustomize', ['build', '--enable-helm', directory], {
        encoding: 'utf8',
      });
      const objects = documents(text) as { apiVersion: string }[];
      const own = objects.filter(({ apiVersion }) => !others.test(apiVersion));
      execFileSync('python3', ['-c', judge], {
        input: JSON.stringify(own),
        stdio: ['pipe', 'inherit', 'inherit'],
      });
      judged += own.length;
      console.error(`${name}: ${own.length} of ${objects.length} objects are right`);
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  }
  return `${judged} objects of ${stacks.length} stacks are as Kubernetes 1.37 wants them.`;
});
