import { defineBlueprint, images } from '../../src/blueprint.ts';

/** Turns HAProxy's PROXY headers back into connections that come from the client's own address. */
export const goMmproxy = defineBlueprint({
  id: 'go-mmproxy',
  title: 'go-mmproxy',
  order: 12,
  applies: ({ edge }) => edge.proxy === 'haproxy' && edge.clientAddress === 'go-mmproxy',
  addresses: { 'nginx-network': 8 },
  contribute({ answers, address }) {
    const { ipv6 } = answers.network;
    const image = { image: images.goMmproxy, build: { context: './images/go-mmproxy' } };
    const entrypoint = ['/bin/sh', '/etc/go-mmproxy/start.sh'];
    return {
      services: [
        {
          ...image,
          name: 'nginx-network',
          about:
            'Holds the network that NGINX and go-mmproxy share, so that a restart of either does not cut off the other.',
          entrypoint,
          volumes: [{ source: './go-mmproxy/network', target: '/etc/go-mmproxy' }],
          aliases: ['nginx'],
          capabilities: ['NET_ADMIN', 'SETGID', 'SETPCAP', 'SETUID'],
          memory: 32,
          stopGrace: '2s',
          healthcheck: {
            test: ['CMD-SHELL', "ip rule | grep -q 'lookup 123'"],
            interval: '60s',
            timeout: '5s',
            retries: 2,
            startPeriod: '5s',
          },
          ...(ipv6 && {
            sysctls: {
              'net.ipv6.conf.all.disable_ipv6': 0,
              'net.ipv6.conf.lo.disable_ipv6': 0,
            },
          }),
          comments: {
            cap_add:
              'To lead answers to clients back to go-mmproxy, once at its start; then it gives them up and sleeps.',
          },
        },
        {
          ...image,
          name: 'go-mmproxy',
          about: 'Hands connections from HAProxy to NGINX under the clients’ own addresses.',
          entrypoint,
          network: 'service:nginx-network',
          volumes: [{ source: './go-mmproxy/proxy', target: '/etc/go-mmproxy' }],
          dependsOn: { 'nginx-network': 'started' },
          capabilities: ['NET_RAW', 'SETGID', 'SETPCAP', 'SETUID'],
          memory: 192,
          healthcheck: {
            test: ['CMD', 'bash', '-c', '</dev/tcp/127.0.0.1/4444'],
            interval: '15s',
            timeout: '5s',
            retries: 4,
            startPeriod: '10s',
          },
          comments: {
            cap_add:
              'NET_RAW to send from addresses that are not its own; the others to stop being root.',
          },
        },
      ],
      endpoints: [
        {
          name: 'go-mmproxy',
          protocol: 'tcp',
          port: 4444,
          from: 'containers',
          service: 'go-mmproxy',
          purpose: 'TLS of the page, from HAProxy only',
        },
      ],
      links: [{ from: 'go-mmproxy', to: 'nginx', label: '4443' }],
      view: { ipv6, allowed: `${address('haproxy').ipv4}/32` },
    };
  },
});
