import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { dockerTrouble, dockerVersions } from '../../../src/answers/detect/docker.ts';
import { activeFirewalls } from '../../../src/answers/detect/firewalls.ts';
import { detectHost } from '../../../src/answers/detect/host.ts';
import { sshPort } from '../../../src/answers/detect/ssh.ts';
import { listening, type StandIn, standIn } from './stand-in.ts';

const services = suite('services of the host');

const states = 'systemctl is-active firewalld nftables';

services('an active firewall is named', async () => {
  const firewalls = (host: Parameters<typeof standIn>[0]) => activeFirewalls(standIn(host));
  const ufw = { '/etc/ufw/ufw.conf': '# /etc/ufw/ufw.conf\nENABLED=yes\nLOGLEVEL=low\n' };
  assert.equal(await firewalls({}), []);
  assert.equal(await firewalls({ files: ufw }), ['ufw']);
  assert.equal(
    await firewalls({ files: { '/etc/ufw/ufw.conf': '#ENABLED=yes\nENABLED=no\n' } }),
    [],
  );
  assert.equal(await firewalls({ programs: { [states]: 'active\nactive\n' } }), ['firewalld']);
  assert.equal(await firewalls({ programs: { [states]: 'inactive\nactive\n' } }), ['nftables']);
});

services('the port of the SSH session at hand counts more than any file', async () => {
  const files = { '/etc/ssh/sshd_config': '#Port 22\nPort 2222\nMatch User x\n' };
  assert.is(await sshPort(standIn()), 22);
  assert.is(await sshPort(standIn({ files })), 2222);
  const environment = { SSH_CONNECTION: '198.51.100.9 50122 203.0.113.7 2022' };
  assert.is(await sshPort(standIn({ files, environment })), 2022);
});

services('sshd’s included files come before its own, as sshd reads them', async () => {
  const files = {
    '/etc/ssh/sshd_config': 'Include /etc/ssh/sshd_config.d/*.conf\nPort 22\n',
    '/etc/ssh/sshd_config.d/50-cloud.conf': 'PasswordAuthentication no\n',
    '/etc/ssh/sshd_config.d/60-port.conf': 'port 2022\n',
  };
  assert.is(await sshPort(standIn({ files })), 2022);
});

services('Docker and Compose are told by version, and what is missing in a sentence', async () => {
  const versions = (programs: Record<string, string>) => dockerVersions(standIn({ programs }));
  const engine = { 'docker --version': 'Docker version 28.2.2, build e6534b4' };
  assert.equal(await versions({}), {});
  assert.match(dockerTrouble({}) ?? '', 'not installed');
  assert.equal(await versions(engine), { engine: '28.2.2' });
  assert.match(dockerTrouble({ engine: '28.2.2' }) ?? '', 'no Compose plugin');
  const both = await versions({ ...engine, 'docker compose version --short': '2.39.1\n' });
  assert.equal(both, { engine: '28.2.2', compose: '2.39.1' });
  assert.is(dockerTrouble(both), undefined);
  assert.match(dockerTrouble({ engine: '24.0', compose: '2.6.0' }) ?? '', '2.6.0 is too old');
  assert.is(dockerTrouble({ engine: '29', compose: '5.0.1' }), undefined);
});

const listener = (host: StandIn) => detectHost(standIn(host)).webListener();
const units = 'systemctl is-active nginx caddy apache2 httpd traefik haproxy cloudflared';
const docker = 'docker ps --format {{.Names}}\t{{.Image}}\t{{.Ports}}';

services('free ports are free, whoever is connected to others', async () => {
  assert.is(await listener({}), undefined);
  const files = { '/proc/net/tcp6': listening(22, 8443) };
  const programs = { [units]: 'active\ninactive\n', [docker]: 'db\tpostgres:17\t5432/tcp\n' };
  assert.is(await listener({ files, programs }), undefined);
});

services('who listens on the web’s ports is known by its socket, else by its service', async () => {
  const files = { '/proc/net/tcp': listening(80, 443) };
  assert.equal(await listener({ files }), { ports: [80, 443] });
  const systemctl = { [units]: 'inactive\ninactive\nactive\ninactive\ninactive\ninactive\n' };
  const apache = { ports: [80, 443], program: 'apache' };
  assert.equal(await listener({ files, programs: systemctl }), apache);
  const two = { [units]: 'active\nactive\n' };
  assert.equal(await listener({ files, programs: two }), { ports: [80, 443] });
  const root = { ...two, 'ss -Hltnp': 'LISTEN 0 511 *:80 *:* users:(("caddy",pid=1,fd=6))\n' };
  assert.is((await listener({ files, programs: root }))?.program, 'caddy');
});

services('a container that publishes them is known by its image', async () => {
  const container = (image: string, ports: string) =>
    listener({ programs: { [docker]: `db\tpostgres\t\nedge\t${image}\t${ports}\n` } });
  const published = '0.0.0.0:80->80/tcp, [::]:80->80/tcp, 0.0.0.0:443->443/tcp, 9000/tcp';
  assert.equal(await container('traefik:v3.1', published), {
    ports: [80, 443],
    container: 'edge',
    program: 'traefik',
  });
  const program = async (image: string, ports: string) => (await container(image, ports))?.program;
  for (const [image, flavour] of [
    ['jc21/nginx-proxy-manager:2', 'nginx-proxy-manager'],
    ['lscr.io/linuxserver/swag@sha256:0', 'swag'],
    ['linuxserver/letsencrypt', 'swag'],
    ['nginxproxy/nginx-proxy:1.6', 'nginx-proxy'],
    ['docker.io/jwilder/nginx-proxy:alpine', 'nginx-proxy'],
    ['lucaslorentz/caddy-docker-proxy:ci-alpine', 'caddy'],
    ['nginxinc/nginx-unprivileged', 'nginx'],
    ['traefik/whoami', 'whoami'],
  ] as const)
    assert.is(await program(image, '0.0.0.0:80-81->80-81/tcp'), flavour);
  assert.is(await program('registry.example:5000/httpd', '0.0.0.0:443->8443/tcp'), 'apache');
  assert.is(await program('acme/portal:1', '0.0.0.0:80->3000/tcp'), 'portal');
  assert.is(await container('caddy', '0.0.0.0:8080->80/tcp'), undefined);
});

services('a tunnel that pages come in by is found without an open port', async () => {
  const running = { [docker]: 'tunnel\tcloudflare/cloudflared:latest\t\n' };
  const found = { ports: [], program: 'cloudflared' };
  assert.equal(await listener({ programs: running }), { ...found, container: 'tunnel' });
  const service = { [units]: `${'inactive\n'.repeat(6)}active\n` };
  assert.equal(await listener({ programs: service }), found);
  // Whoever has the ports counts more.
  const files = { '/proc/net/tcp': listening(443) };
  const both = { [units]: `inactive\nactive\n${'inactive\n'.repeat(4)}active\n` };
  assert.equal(await listener({ files, programs: both }), { ports: [443], program: 'caddy' });
});

services('an email address that nobody reads is not taken from git', async () => {
  const addresses = [
    'ada@example.org',
    '1+ada@users.noreply.github.com',
    'root@server.localdomain',
  ];
  const found = addresses.map((email) =>
    detectHost(standIn({ programs: { 'git config user.email': `${email}\n` } })).email(),
  );
  assert.equal(await Promise.all(found), ['ada@example.org', '', '']);
  assert.is(await detectHost(standIn({})).email(), '');
});

services.run();
