import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { chart } from '../../blueprints/kubernetes/chart.ts';
import { standIns } from './stand-ins.ts';

/** Puts the chart where kustomize looks before it fetches one. */
export function placeChart(directory: string, folder: string): void {
  const place = path.join(directory, `kubernetes/charts/jitsi-meet-${chart.version}/jitsi-meet`);
  for (const part of ['Chart.yaml', 'values.yaml', 'templates'])
    cpSync(path.join(folder, part), path.join(place, part), { recursive: true });
}

/** Instead of the chart, what stands in for what it makes; everything else stays. An edit like any of the owner's. */
export function replaceChart(directory: string): void {
  const file = path.join(directory, 'kustomization.yaml');
  const text = readFileSync(file, 'utf8');
  const values = readFileSync(path.join(directory, 'kubernetes/values.yaml'), 'utf8');
  writeFileSync(path.join(directory, 'kubernetes/stand-ins.yaml'), standIns(values));
  if (!text.includes('helmCharts:')) return;
  const without = text
    .replace(/^helmGlobals:\n(?: .*\n)+/m, '')
    .replace(/^helmCharts:\n(?: .*\n)+/m, '')
    .replace(/^resources:\n/m, 'resources:\n  - kubernetes/stand-ins.yaml\n')
    // The chart's own test.
    .replace(/ {2}# The chart's own test[\s\S]*$/, '');
  writeFileSync(file, without);
}
