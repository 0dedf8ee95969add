import { defineBlueprint, fixedAddress, measuredIn } from '../../src/blueprint.ts';
import { fields } from './fields.ts';
import { jobsOf } from './jobs.ts';
import { servicesFor } from './services.ts';

/** Numbers of everything in the stack, kept by Prometheus and shown by Grafana; its alerts are lines of ./stack check. */
export const extraMonitoring = defineBlueprint({
  id: 'extra-monitoring',
  title: 'Monitoring',
  order: 86,
  offer: {
    section: 'extras',
    value: 'monitoring',
    label: 'Graphs of what happens (Prometheus and Grafana)',
    hint: 'for you, not for people who meet; needs half a gigabyte of memory',
    order: 60,
  },
  // Where the edge reaches all through web, web’s NGINX leads to Grafana.
  uses: ['nginx-custom'],
  fields,
  addresses: { grafana: 40, prometheus: 41 },
  formats: {
    '*.yml': 'lines',
    '*.json': 'javascript',
    'jitsi/web/nginx-custom/grafana.conf': 'nginx',
  },
  contribute: ({ answers, own, url, trustedProxy }) => ({
    services: servicesFor(own),
    environment: {
      grafana: {
        GF_SECURITY_ADMIN_PASSWORD: { secret: 'GRAFANA_PASSWORD' },
        GF_SERVER_ROOT_URL:
          own.seen === 'page' ? `${url}/grafana/` : `http://127.0.0.1:${own.port}/`,
        GF_SERVER_SERVE_FROM_SUB_PATH: own.seen === 'page',
        GF_SECURITY_COOKIE_SECURE: own.seen === 'page',
        GF_AUTH_ANONYMOUS_ENABLED: false,
        GF_USERS_ALLOW_SIGN_UP: false,
        GF_PATHS_PROVISIONING: '/etc/grafana/stack/provisioning',
        GF_LOG_MODE: 'console',
        GF_ANALYTICS_REPORTING_ENABLED: false,
        GF_ANALYTICS_CHECK_FOR_UPDATES: false,
        GF_ANALYTICS_CHECK_FOR_PLUGIN_UPDATES: false,
        GF_NEWS_NEWS_FEED_ENABLED: false,
        GF_SNAPSHOTS_EXTERNAL_ENABLED: false,
        GF_PLUGINS_PREINSTALL_DISABLED: true,
      },
    },
    secrets: [
      { name: 'GRAFANA_PASSWORD', about: 'of admin in Grafana, until it is changed there' },
    ],
    endpoints: [
      own.seen === 'page'
        ? {
            name: 'grafana',
            protocol: 'tcp' as const,
            port: 3000,
            from: 'containers' as const,
            service: 'grafana',
            purpose: 'Graphs, for the edge',
          }
        : {
            name: 'grafana',
            protocol: 'tcp' as const,
            port: own.port,
            answer: 'monitoring.port',
            containerPort: 3000,
            from: 'host' as const,
            service: 'grafana',
            purpose: 'Graphs, to look at from this server or through SSH',
          },
      {
        name: 'prometheus',
        protocol: 'tcp',
        port: 9090,
        from: 'containers',
        service: 'prometheus',
        purpose: 'Numbers, for Grafana',
      },
    ],
    links: [{ from: 'grafana', to: 'prometheus', label: '9090' }],
    routes:
      own.seen === 'page'
        ? [{ path: '/grafana/', kind: 'service', service: 'grafana', port: 3000 }]
        : [],
    standing: {
      service: 'prometheus',
      command: ['sh', '/etc/prometheus/stack/standing.sh'],
    },
    files:
      own.seen === 'page' && trustedProxy.signalling === 'web'
        ? {}
        : { 'jitsi/web/nginx-custom/grafana.conf': { absent: true } },
    directories: [
      {
        path: 'data/prometheus',
        mode: '0750',
        owner: 65534,
        about: 'numbers of the last weeks',
        passing: true,
      },
      { path: 'data/grafana', mode: '0750', owner: 472, about: 'accounts and graphs of Grafana' },
    ],
    steps: [
      {
        phase: 'after',
        title: 'Look at the graphs',
        detail: `Grafana’s account is admin, its password GRAFANA_PASSWORD in .env. ${
          own.seen === 'page'
            ? `It is at ${url}/grafana/ , for everybody who has the password.`
            : `It is reached from the server only. This, on your own computer, makes it http://127.0.0.1:${own.port}/ there:`
        }`,
        ...(own.seen === 'server' && {
          command: `ssh -N -L ${own.port}:127.0.0.1:${own.port} ${answers.domain}`,
        }),
      },
    ],
    troubles: [
      {
        symptom: 'Grafana refuses GRAFANA_PASSWORD.',
        cause: 'It was changed in Grafana; the one in `.env` is only what Grafana began with.',
        fix: '`docker compose exec grafana grafana cli admin reset-admin-password NEW`',
      },
    ],
  }),
  present: (plan) => ({
    jobs: jobsOf([
      ...measuredIn(plan),
      { job: 'prometheus', address: '127.0.0.1:9090', path: '/metrics' },
    ]),
    grafana: fixedAddress(plan.network, 'grafana', 'extra-monitoring').ipv4,
  }),
});
