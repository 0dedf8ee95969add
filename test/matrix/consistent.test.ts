import { inspect } from 'node:util';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import { z } from 'zod';
import { answersJsonSchema } from '../../src/answers/schema.ts';
import { isInCluster } from '../../src/answers/whose.ts';
import { networkDrawing } from '../../src/cli/report/drawing.ts';
import { loadRelease } from '../../src/releases/index.ts';
import { renderStack } from '../../src/render-stack.ts';
import { stacks } from './judged.ts';
import { portsAgree } from './ports-agree.ts';
import { type RenderedStack, sections } from './stack.ts';

interface ComposeFile {
  readonly services: Readonly<
    Record<
      string,
      {
        ports?: string[];
        environment?: Record<string, string>;
        volumes?: string[];
        network_mode?: string;
        depends_on?: Record<string, unknown>;
        networks?: Record<string, { ipv4_address?: string } | null>;
        healthcheck?: unknown;
        restart?: string;
        mem_limit?: string;
      }
    >
  >;
}

const consistent = suite('every combination agrees with itself');

/** Those for a server of one's own; test/blueprints/kubernetes looks at what only a cluster has. */
const servers = stacks.filter(({ stack }) => !isInCluster(stack.plan.answers));

/** A check of every combination for a server; the first few that fail are named. */
function everywhere(
  name: string,
  check: (stack: RenderedStack) => void,
  among: typeof stacks = servers,
) {
  consistent(name, () => {
    assert.ok(among.length > 50, `${among.length} combinations`);
    const problems: string[] = [];
    for (const { name: combination, stack } of among) {
      try {
        check(stack);
      } catch (error) {
        const { message, actual, expected } = error as Record<string, unknown>;
        const compared =
          actual === undefined ? '' : ` ${inspect(actual)} is not ${inspect(expected)}`;
        problems.push(`${combination}: ${message}${compared}`);
      }
    }
    assert.is(problems.slice(0, 5).join('\n'), '', `${problems.length} combinations`);
  });
}

const textOf = ({ files }: RenderedStack, path: string) => {
  const file = files.find((candidate) => candidate.path === path);
  if (!file) throw new Error(`there is no ${path}`);
  return file.text;
};
const parsed = new Map<string, ComposeFile>();
const composeOf = (stack: RenderedStack): ComposeFile => {
  const text = textOf(stack, 'compose.yaml');
  const file = parsed.get(text) ?? parse(text);
  parsed.set(text, file);
  return file;
};

// What a run compares with the lock before it renders anything (src/origin.ts).
everywhere(
  'all that is rendered follows from the plan as plain data',
  ({ plan, files }) => {
    const again = renderStack(JSON.parse(JSON.stringify(plan)));
    for (const [index, { path, text }] of files.entries())
      assert.ok(again[index]?.text === text, `${path} is another one`);
  },
  stacks,
);

everywhere('what is published is what the port table says', (stack) => {
  const { services } = composeOf(stack);
  const published = Object.entries(services).flatMap(([name, { ports = [] }]) =>
    ports.map((port) => `${name} ${port}`),
  );
  // A container in another one's network is reached through that one.
  const owner = (service: string) =>
    services[service]?.network_mode?.replace(/^service:/, '') ?? service;
  const promised = stack.plan.endpoints
    .filter(({ service, from }) => from !== 'containers' && owner(service) !== 'host')
    .filter(({ service }) => service !== 'host')
    .flatMap(({ service, from, protocol, port, lastPort, containerPort, sources = [] }) => {
      const range = lastPort ? `${port}-${lastPort}` : `${port}`;
      // Where the containers have no IPv6, Docker would take it in all the same, under an address of its own.
      const everywhere = stack.plan.answers.network.ipv6 ? '' : '0.0.0.0:';
      const named = new Set(sources.map(({ answeredAt }) => `${answeredAt}:`));
      const addresses = { host: ['127.0.0.1:'], machines: [...named] }[from as string];
      return (addresses ?? [everywhere]).map(
        (address) => `${owner(service)} ${address}${range}:${containerPort ?? range}/${protocol}`,
      );
    });
  assert.equal(published.sort(), promised.sort());
  // Audio and video at least; a page may come by a container of the owner's.
  assert.ok(published.length >= 1);
});

everywhere('every way in and every link is in both drawings, and nothing else', (stack) => {
  const { endpoints, links, answers } = stack.plan;
  const routed = answers.network.exposure === 'nat';
  const readme = textOf(stack, 'README.md');
  const mermaid = readme.split('```mermaid\n')[1]?.split('```')[0] ?? '';
  const arrow = (from: string, to: string) =>
    new RegExp(`^ {2}${from} -- "(.*)" --> ${to}$`, 'm').exec(mermaid)?.[1] ?? '';
  for (const { from, service, protocol, port, lastPort, forward, sources = [] } of endpoints) {
    if (service === 'host' || from === 'containers') continue;
    if (from === 'machines') {
      for (const { machine } of sources) assert.is(arrow(machine, service), `${port}/${protocol}`);
      continue;
    }
    const range = lastPort ? `${port}-${lastPort}` : `${port}`;
    const people = routed ? 'router' : 'people.*';
    if (from === 'host') assert.is(arrow('server.*', service), `127.0.0.1:${port}`);
    else {
      const drawn = arrow(people, service).split(', ').includes(`${range}/${protocol}`);
      assert.is(drawn, !routed || forward, `${range} ${service}`);
    }
  }
  const heads = mermaid.match(/ --> /g)?.length ?? 0;
  assert.is(heads, links.length + (routed ? 1 : 0), 'arrows of the README');
  for (const unicode of [true, false]) {
    const drawing = networkDrawing(stack.plan, 76, unicode);
    const lines = drawing.split('\n');
    assert.ok(
      lines.every((line) => line.length <= 76),
      drawing,
    );
    const marks = unicode ? /[─]▶/g : /->(?! (router|this server))/g;
    assert.is(drawing.match(marks)?.length, links.length, 'arrows in the terminal');
    for (const { from, to, label } of links) {
      assert.match(drawing, to);
      if (from !== 'outside' && from !== 'host') assert.match(drawing, from);
      for (const word of label.split(' ')) assert.ok(drawing.includes(word), `${word} to ${to}`);
      if (from !== 'outside' && from !== 'host') assert.is(arrow(from, to), label);
    }
  }
});

everywhere('behind a router the README has the local record of every name and address', (stack) => {
  const { answers } = stack.plan;
  const { exposure, lanAddresses, publicAddresses } = answers.network;
  const readme = textOf(stack, 'README.md');
  const section = readme.split('## From the local network\n')[1]?.split('\n## ')[0];
  const six = publicAddresses.filter((address) => address.includes(':'));
  const relay = answers.turn.mode === 'coturn' ? [String(answers.turn.domain)] : [];
  // A tunnel's name does not lead here.
  const site = stack.plan.trustedProxy.tunnel ? [] : [answers.domain];
  const records = [...site, ...relay].flatMap((name) => [
    ...lanAddresses.map((address) => `| \`${name}\` | \`A ${address}\` |`),
    ...six.map((address) => `| \`${name}\` | \`AAAA ${address}\` |`),
  ]);
  assert.equal(section?.match(/^\| `.*$/gm) ?? [], exposure === 'nat' ? records : []);
  assert.is(section !== undefined, exposure === 'nat' && records.length > 0);
});

everywhere('compose, proxies, pages, firewalls and the doctor name the same ports', portsAgree);

everywhere('SSH stays open in every firewall on the server', (stack) => {
  // A router in front of the server says nothing of it, and closes nothing either.
  for (const { name, rules: [file = `firewall/${name}.sh`] = [] } of stack.plan.firewalls)
    assert.match(textOf(stack, file), /\b22\b.*ssh/);
});

everywhere(
  'services wait only for services that exist, and restart but for those that end',
  (stack) => {
    const { services } = composeOf(stack);
    for (const [name, { depends_on = {}, restart }] of Object.entries(services)) {
      for (const other of Object.keys(depends_on))
        assert.ok(other in services, `${name}: ${other}`);
      const once =
        stack.plan.services.find((service) => service.name === name)?.lifetime === 'once';
      assert.is(restart, once ? 'no' : 'unless-stopped', name);
    }
  },
);

everywhere('every service that stays has a health check and a memory limit', (stack) => {
  for (const [name, { healthcheck, restart, mem_limit }] of Object.entries(
    composeOf(stack).services,
  )) {
    assert.ok(mem_limit, name);
    if (restart !== 'no') assert.ok(healthcheck, name);
  }
});

everywhere('secrets are references, and every one has a name in .env.example', (stack) => {
  const names: readonly string[] = textOf(stack, '.env.example').match(/^[A-Z_]+(?==$)/gm) ?? [];
  const used = new Set<string>();
  for (const { environment = {} } of Object.values(composeOf(stack).services)) {
    for (const [name, value] of Object.entries(environment)) {
      const [, secret] = /^\$\{([A-Z_]+):\?/.exec(value) ?? [];
      if (secret) used.add(secret);
      else assert.not.match(name, /PASSWORD|SECRET|CREDENTIALS/);
    }
  }
  for (const name of used) assert.ok(names.includes(name), name);
  // What no container is given, the script itself reads.
  const script = textOf(stack, 'stack');
  for (const name of names) assert.ok(used.has(name) || script.includes(name), name);
});

const release = await loadRelease('stable-11146-2');

everywhere('the images read every variable that they are given', (stack) => {
  for (const [name, { environment = {} }] of Object.entries(composeOf(stack).services)) {
    const known = release.services[name];
    if (!known?.own) continue;
    // What is announced is read by somebody else on the server.
    const announced = stack.plan.services.find((one) => one.name === name)?.announced ?? {};
    const unread = Object.keys(environment).filter(
      (variable) => !known.variables.has(variable) && !(variable in announced),
    );
    assert.equal(unread, [], name);
  }
});

everywhere('every file that a container mounts is in the stack or made at the start', (stack) => {
  // Docker makes the two that hold nothing but what is made later.
  const made = ['backups', 'data', ...stack.plan.directories.map(({ path }) => path)];
  for (const [name, { volumes = [] }] of Object.entries(composeOf(stack).services)) {
    for (const volume of volumes) {
      const source = (volume.split(':')[0] ?? '').replace(/^\.\/?/, '');
      const known =
        source === '' ||
        made.includes(source) ||
        stack.files.some(({ path }) => path.startsWith(`${source}/`));
      assert.ok(known, `${name}: ${volume}`);
    }
  }
});

everywhere(
  'the stack’s own directory is no container’s but remember’s, who only reads it',
  (stack) => {
    for (const [name, { volumes = [] }] of Object.entries(composeOf(stack).services)) {
      const whole = volumes.filter((volume) => /^\.\/?:/.test(volume));
      assert.equal(whole, name === 'remember' ? ['.:/stack:ro,z'] : [], name);
      assert.is(
        volumes.some((volume) => volume.startsWith('./backups')),
        name === 'remember',
        name,
      );
    }
  },
);

everywhere('prepare sees each directory that another service mounts', (stack) => {
  const { services } = composeOf(stack);
  const seen = services.prepare?.volumes?.map((volume) => volume.split(':')[0]) ?? [];
  for (const { name, lifetime, volumes } of stack.plan.services) {
    if (lifetime === 'once') continue;
    for (const { source } of volumes.filter(({ source }) => source.startsWith('./')))
      assert.ok(seen.includes(source.split('/').slice(0, 2).join('/')), `${name}: ${source}`);
  }
});

everywhere(
  'no text has a hole',
  (stack) => {
    for (const { path, text } of stack.files) {
      // A program may say that there is nothing.
      const said = path.endsWith('.js')
        ? text.replace(/\/\*\*.*?\*\/|(?:return|=>) undefined\b/gs, '')
        : text;
      const hole = /<%|%>|\bundefined\b|\[object Object\]|\bNaN\b/.exec(said);
      assert.is(hole?.[0], undefined, path);
    }
  },
  stacks,
);

const schema = z.fromJSONSchema(answersJsonSchema(sections) as never);

everywhere(
  'jitsi-stack.json is what its schema describes',
  (stack) => {
    const result = schema.safeParse(JSON.parse(textOf(stack, 'jitsi-stack.json')));
    assert.is(result.error?.message, undefined);
  },
  stacks,
);

consistent('the schema refuses what the answers refuse', () => {
  const [first] = stacks;
  const answers = JSON.parse(textOf(first?.stack as RenderedStack, 'jitsi-stack.json'));
  for (const wrong of [
    { domain: 5 },
    { unknown: 1 },
    { turn: { mode: 'nonsense' } },
    { version: 3 },
  ])
    assert.not.ok(schema.safeParse({ ...answers, ...wrong }).success, JSON.stringify(wrong));
});

consistent.run();
