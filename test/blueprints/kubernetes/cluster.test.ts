import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { chart } from '../../../blueprints/kubernetes/chart.ts';
import { loadRelease } from '../../../src/releases/index.ts';
import { documents, objectsIn, patch } from './objects.ts';
import { stackCalled, stacks, textOf } from './stacks.ts';

const cluster = suite('kubernetes: what the cluster is told');

type Values = { readonly [key: string]: unknown };
const valuesOf = (stack: (typeof stacks)[number]['stack']) =>
  documents(textOf(stack, 'kubernetes/values.yaml'))[0] as Values;
const known = new Set<string>(
  JSON.parse(readFileSync(new URL('chart-keys.json', import.meta.url), 'utf8')),
);

/** Paths of all values; what the chart takes any keys for is not looked into. */
function pathsOf(value: unknown, above = ''): string[] {
  const isMap = typeof value === 'object' && value !== null && !Array.isArray(value);
  if (!isMap || known.has(`${above}.*`)) return [above];
  return Object.entries(value).flatMap(([key, below]) =>
    pathsOf(below, above === '' ? key : `${above}.${key}`),
  );
}

cluster('every object is one that Kubernetes takes, field by field', () => {
  const kinds = new Set<string>();
  for (const { name, stack } of stacks) {
    const { resources } = documents(textOf(stack, 'kustomization.yaml'))[0] as {
      resources: string[];
    };
    for (const path of [...resources, 'kubernetes/namespace.yaml'])
      for (const { kind, metadata } of objectsIn(textOf(stack, path))) {
        kinds.add(kind);
        assert.ok(metadata.name, name);
      }
  }
  assert.equal([...kinds].sort(), [
    'Issuer',
    'Namespace',
    'NetworkPolicy',
    'PodDisruptionBudget',
    'ScaledObject',
    'Service',
  ]);
});

cluster('every patch is a part of a Deployment', () => {
  const seen = new Set<string>();
  for (const { stack } of stacks)
    for (const { path, text } of stack.files.filter((one) =>
      one.path.startsWith('kubernetes/patches/'),
    )) {
      seen.add(path);
      for (const one of documents(text)) patch.parse(one);
    }
  assert.is(seen.size, 3, [...seen].join(' '));
});

cluster('the chart knows every value', () => {
  assert.ok(known.size > 500);
  for (const { name, stack } of stacks) {
    const paths = pathsOf(valuesOf(stack));
    assert.ok(paths.length > 40, name);
    assert.equal(
      paths.filter((path) => !known.has(path)),
      [],
      name,
    );
  }
});

const release = await loadRelease('stable-11146-2');

cluster('every variable is one that the image reads and the chart does not set', () => {
  for (const { name, stack } of stacks)
    for (const [part, values] of Object.entries(valuesOf(stack))) {
      const { extraEnvs = {} } = Object(values) as { extraEnvs?: Record<string, string> };
      const image = release.services[part];
      for (const [variable, value] of Object.entries(extraEnvs)) {
        assert.type(value, 'string', `${name}: ${variable}`);
        assert.not(chart.variables[part]?.includes(variable), `${name}: ${variable} twice`);
        assert.not(chart.variables.common?.includes(variable), `${name}: ${variable} twice`);
        if (image) assert.ok(image.variables.has(variable), `${name}: ${variable} is not read`);
      }
    }
});

cluster('what the owner’s settings say arrives as it is, braces and names of prosody too', () => {
  const values = valuesOf(stackCalled('a page of its own'));
  const { prosody, web, xmpp } = values as Record<string, { extraEnvs: Values } & Values>;
  assert.is(prosody?.extraEnvs.MAX_PARTICIPANTS, '40');
  // The chart makes the two braces of it again.
  assert.is(web?.extraEnvs.TOOLBAR_BUTTONS, '{{ "{{" }} .Values }}');
  assert.is(xmpp?.domain, 'jitsi.local');
});

cluster('clients’ addresses come from the cluster’s own networks alone', () => {
  const stack = stackCalled('autoscaled');
  const realip = textOf(stack, 'jitsi/web/nginx-custom/realip.conf');
  assert.equal(realip.match(/^set_real_ip_from .*$/gm), [
    'set_real_ip_from 10.42.0.0/16;',
    'set_real_ip_from 10.0.0.0/24;',
  ]);
  const { prosody } = valuesOf(stack) as Record<string, { extraEnvs: Record<string, string> }>;
  assert.is(prosody?.extraEnvs.PROSODY_TRUSTED_PROXIES, '127.0.0.1,::1,10.42.0.0/16');
  assert.match(prosody?.extraEnvs.GLOBAL_CONFIG ?? '', '"10.42.0.0/16"');
});

cluster('the relay passes media on to the pods’ network, whole, and to nothing else inside', () => {
  const ranges = stacks.map(({ stack }) => {
    const { coturn } = valuesOf(stack) as Record<string, { allowedPeerIPs: string[] }>;
    return coturn?.allowedPeerIPs;
  });
  assert.equal(ranges[0], ['10.244.0.0-10.244.255.255']);
  assert.ok(ranges.some((range) => range?.[0] === '10.42.0.0-10.42.255.255'));
});

cluster('every file that is named is there, and nothing of a server’s is left', () => {
  for (const { name, stack } of stacks) {
    const here = new Set(stack.files.map(({ path }) => path));
    const { helmCharts, resources, patches, configMapGenerator } = documents(
      textOf(stack, 'kustomization.yaml'),
    )[0] as {
      helmCharts: { version: string; valuesFile: string; additionalValuesFiles: string[] }[];
      resources: string[];
      patches: { path?: string }[];
      configMapGenerator: { name: string; files: string[] }[];
    };
    const named = [
      ...helmCharts.flatMap((one) => [one.valuesFile, ...one.additionalValuesFiles]),
      ...resources,
      ...patches.flatMap(({ path }) => path ?? []),
      ...configMapGenerator.flatMap(({ files }) => files.map((file) => file.replace(/^.*=/, ''))),
    ];
    assert.is(helmCharts[0]?.version, chart.version);
    for (const path of named)
      assert.ok(here.has(path) || path === 'jitsi/branding/logo.svg', `${name}: ${path}`);
    for (const path of here)
      assert.ok(
        /^(kubernetes|jitsi)\/|^(\.[a-z.]+|README\.md|jitsi-stack\.json|kustomization\.yaml)$/.test(
          path,
        ),
        `${name}: ${path}`,
      );
    const { web, prosody } = valuesOf(stack) as Record<
      string,
      { extraVolumes: { configMap: { name: string; items?: { key: string }[] } }[] }
    >;
    for (const { configMap } of [...(web?.extraVolumes ?? []), ...(prosody?.extraVolumes ?? [])]) {
      const made = configMapGenerator.find((one) => one.name === configMap.name);
      assert.ok(made, `${name}: ${configMap.name}`);
      const keys = made?.files.map((file) => file.replace(/=.*$/, '').replace(/^.*\//, '')) ?? [];
      for (const { key } of configMap.items ?? []) assert.ok(keys.includes(key), key);
    }
  }
});

cluster('README tells nobody to use what a cluster has not', () => {
  for (const { name, stack } of stacks)
    assert.not.match(
      textOf(stack, 'README.md'),
      /\.\/stack\b|docker compose (?!-p )|undefined/,
      name,
    );
});

cluster.run();
