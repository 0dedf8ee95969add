import { defineBlueprint, jitsiContainer } from '../../src/blueprint.ts';

/** Jitsi's own web server: the page, its configuration and the API for embedding. TLS is the edge's job. */
export const web = defineBlueprint({
  id: 'web',
  title: 'Jitsi web page',
  order: 30,
  addresses: { web: 11 },
  formats: { '*.conf': 'nginx' },
  contribute({ answers, release, url, memory }) {
    const { comments, directories, ...container } = jitsiContainer(release, 'web');
    const { http } = release.capabilities.webPorts;
    return {
      services: [
        {
          ...container,
          name: 'web',
          about: 'The page that people see. Plain HTTP: the edge in front of it does TLS.',
          dependsOn: { prepare: 'completed', prosody: 'healthy' },
          memory: memory(0.05, 48, 512),
          healthcheck: {
            test: ['CMD', 'curl', '-fsS', '-o', '/dev/null', `http://127.0.0.1:${http}/`],
            interval: '15s',
            timeout: '5s',
            retries: 4,
            startPeriod: '60s',
          },
          comments: {
            ...comments,
            'environment.DISABLE_HTTPS':
              'With the redirect left on, a plain HTTP server behind TLS would redirect for ever.',
          },
        },
      ],
      directories,
      environment: {
        web: {
          DISABLE_HTTPS: true,
          ENABLE_HTTP_REDIRECT: false,
          ENABLE_IPV6: answers.network.ipv6,
          ENABLE_LETSENCRYPT: false,
          PUBLIC_URL: url,
          TZ: answers.host.timezone,
        },
      },
      endpoints: [
        {
          name: 'web',
          protocol: 'tcp',
          port: http,
          from: 'containers',
          service: 'web',
          purpose: 'Page and files, for the edge',
        },
      ],
      routes: [{ path: '/', kind: 'page', service: 'web', port: http }],
      files: {
        'jitsi/web/custom-config.js': { seeded: true },
        'jitsi/web/custom-interface_config.js': { seeded: true },
        ...(!release.capabilities.nginxCustom && {
          'jitsi/web/nginx-custom/realip.conf': { absent: true },
        }),
      },
    };
  },
  present: ({ trustedProxy }) => ({ proxies: trustedProxy.addresses }),
});
