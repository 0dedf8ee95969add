import { chmodSync, copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pinned } from '../../images.ts';
import { answersFor } from '../answers.ts';
import { acmeAddress, acmeDirectory, acmeHost, issue } from '../authority.ts';
import { type Check, ensure, same } from '../check.ts';
import { answer, arrange } from '../owner.ts';
import { unpackedProgram } from '../packages.ts';
import { run, until } from '../process.ts';
import type { Lab } from '../session.ts';
import { addresses } from '../world/addresses.ts';
import { served } from './acme.ts';
import { enter, guestDomain } from './people.ts';

const container = 'own-proxy';

/** How an owner's container of this kind is started: from which image, with which words, and what it finds in /own. */
interface Kind {
  readonly flavour: string;
  readonly image: string;
  readonly command: readonly string[];
  readonly options?: readonly string[];
  readonly main: (ready: string) => string;
}

const kinds = async ({ authorities }: Lab): Promise<readonly Kind[]> => [
  {
    flavour: 'caddy',
    // Any image that Debian's program runs in.
    image: pinned.nginx ?? '',
    command: ['/caddy', 'run', '--adapter', 'caddyfile', '--config', '/own/main'],
    options: [
      ...['--volume', `${path.join(await unpackedProgram('caddy'), 'caddy')}:/caddy:ro`],
      ...['--volume', `${authorities}:/authorities.pem:ro`],
      ...['--env', 'XDG_DATA_HOME=/data', '--add-host', `${acmeHost}:${acmeAddress}`],
    ],
    main: () =>
      `{\n\tadmin off\n\tacme_ca ${acmeDirectory}\n\tacme_ca_root /authorities.pem\n}\nimport /own/Caddyfile\n`,
  },
  {
    flavour: 'nginx',
    image: pinned.nginx ?? '',
    command: ['nginx', '-g', 'daemon off;', '-c', '/own/main'],
    main: () => 'events {} http { access_log off; include /own/nginx.conf; }\n',
  },
  {
    flavour: 'haproxy',
    image: pinned['edge-haproxy'] ?? '',
    command: ['haproxy', '-W', '-db', '-f', '/own/main', '-f', '/own/haproxy.cfg'],
    options: ['--user', '0:0'],
    main: (ready) => {
      const wanted = /^# {5}(acl .*)\n# {5}(use_backend .*)$/m.exec(ready)?.slice(1) ?? [];
      return `defaults\n    mode http\n    timeout client 1h\n    timeout server 5s\n    timeout connect 5s\nfrontend secure\n    bind :443 ssl crt /own/pair.pem alpn http/1.1\n    ${wanted.join('\n    ')}\n`;
    },
  },
];

/** The owner's own proxy, started as any container is, in Docker's own network, with the ready file of the stack. */
async function startProxy(lab: Lab, kind: Kind): Promise<void> {
  const { stack, issuer, scratch } = lab;
  const { answers } = stack.plan();
  const own = path.join(scratch, `own-${kind.flavour}`);
  mkdirSync(own, { recursive: true });
  const file = { caddy: 'Caddyfile', nginx: 'nginx.conf', haproxy: 'haproxy.cfg' }[kind.flavour];
  const ready = path.join(stack.directory, 'proxy', file ?? '');
  copyFileSync(ready, path.join(own, file ?? ''));
  writeFileSync(path.join(own, 'main'), kind.main(readFileSync(ready, 'utf8')));
  const names = [answers.domain, String(answers.turn.domain)];
  const pair = await issue(issuer, own, 'pair', names);
  const live = path.join(own, 'live');
  mkdirSync(live, { recursive: true });
  copyFileSync(pair.certificate, path.join(live, 'fullchain.pem'));
  copyFileSync(pair.key, path.join(live, 'privkey.pem'));
  writeFileSync(
    path.join(own, 'pair.pem'),
    readFileSync(pair.certificate, 'utf8') + readFileSync(pair.key, 'utf8'),
  );
  for (const name of ['main', 'pair.pem', file ?? '']) chmodSync(path.join(own, name), 0o644);
  const [entry = '', ...words] = kind.command;
  const mounts = [`${own}:/own:ro`, `${live}:/etc/letsencrypt/live/${answers.domain}:ro`];
  await stack.docker(['rm', '--force', container]);
  await stack.docker([
    ...['run', '--detach', '--name', container, '--publish', '80:80', '--publish', '443:443'],
    ...mounts.flatMap((mount) => ['--volume', mount]),
    ...[...(kind.options ?? []), '--entrypoint', entry, kind.image, ...words],
  ]);
}

/** The page, a WebSocket and the client's own address, whatever he claims. */
async function serves(lab: Lab, mark: string): Promise<void> {
  const { internet, stack } = lab;
  const { url } = stack.plan();
  const began = new Date();
  const get = () =>
    internet.does('http').get(`${url}/${mark}`, {
      ...{ family: 4, anyCertificate: true },
      headers: { 'x-forwarded-for': '203.0.113.66' },
    });
  await until('the page through the container', 40, () =>
    get().then(
      ({ status }) => status === 200,
      () => false,
    ),
  );
  const line = (await stack.logs('web', began)).split('\n').find((one) => one.includes(mark)) ?? '';
  ensure(line.startsWith(`${addresses.client[0]} `), `web logged: ${line}`);
  const xmpp = internet.does('xmpp');
  await xmpp.login(mark, enter(lab, { domain: guestDomain, family: 4 }));
  await xmpp.leave(mark);
}

/** A proxy in a container of the owner's, in place of the one on the server: let in by `./stack up`, and nothing else. */
export const ownProxy: Check = {
  name: 'own proxy in a container: Caddy, nginx, HAProxy',
  services: ['web', 'coturn'],
  topologies: ['public'],
  edges: ['external'],
  async run(lab) {
    const { world, stack, proxy, engine } = lab;
    const own = answersFor(world, 'external');
    await proxy.stop();
    try {
      for (const kind of await kinds(lab)) {
        const edge = { proxy: 'external', flavour: kind.flavour, place: 'container', container };
        await answer(lab, { ...own, edge });
        await startProxy(lab, kind);
        const said = await stack.script(['up']);
        ensure(said.includes(`${container} is in this stack's network now`), said);
        await serves(lab, kind.flavour);
        if (kind.flavour === 'haproxy') continue;
        const [, before] = await served(lab, false);
        const options = { cwd: stack.directory, env: engine.environment };
        await until('the proxy’s certificate at the relay', 40, async () => {
          await run('./proxy/relay-certificate.sh', [], options).catch(() => undefined);
          return (await served(lab, false))[1] !== before;
        });
        await served(lab);
        same(await run('./proxy/relay-certificate.sh', [], options), '', 'the second night');
      }
      await stack.script(['down']);
      const left = await stack.docker(['network', 'ls', '--format', '{{.Name}}']);
      ensure(!left.includes('_meet.jitsi'), `down leaves the network: ${left}`);
    } finally {
      await stack.docker(['rm', '--force', container]);
      await arrange(lab, 'external');
      await stack.script(['up']);
      await proxy.start(stack.directory);
    }
    return 'page, WebSocket, the client’s address; the relay’s certificate comes along from Caddy and nginx';
  },
};
