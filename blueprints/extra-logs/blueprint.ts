import { defineBlueprint } from '../../src/blueprint.ts';
import { fields } from './fields.ts';
import { limitsFor } from './limits.ts';
import { ports, services } from './services.ts';

/** What all services say, kept by Loki and searched in Grafana. */
export const extraLogs = defineBlueprint({
  id: 'extra-logs',
  title: 'Logs',
  order: 88,
  offer: {
    section: 'extras',
    value: 'logs',
    label: 'Logs of all services in one place (Loki)',
    hint: 'to search in the Grafana of the graphs; needs half a gigabyte of memory more',
    order: 62,
  },
  fields,
  addresses: { alloy: 42 },
  formats: {
    '*.alloy': 'javascript',
    '*.json': 'javascript',
    '*.yaml': 'lines',
    '*.yml': 'lines',
  },
  check: ({ answers }) =>
    answers.extras.includes('monitoring')
      ? []
      : [
          {
            answer: 'extras',
            what: 'Logs are searched in Grafana, which comes with the graphs (“monitoring”).',
            fix: 'Choose both: --extras monitoring,logs. Without either, ./stack logs shows what the services said last.',
          },
        ],
  contribute: ({ own }) => ({
    services,
    environment: {
      // Go would take all that the container may have, and be ended for it.
      loki: { GOMEMLIMIT: '280MiB' },
    },
    logs: { service: 'alloy', port: ports.syslog, except: ['alloy', 'loki'] },
    endpoints: [
      {
        name: 'loki',
        protocol: 'tcp',
        port: ports.loki,
        from: 'containers',
        service: 'loki',
        purpose: 'Logs, for Grafana and from Alloy',
      },
      {
        name: 'alloy-syslog',
        protocol: 'udp',
        port: ports.syslog,
        from: 'containers',
        service: 'alloy',
        purpose: 'What containers print, from Docker on this server',
      },
    ],
    links: [
      { from: 'grafana', to: 'loki', label: `${ports.loki}` },
      { from: 'alloy', to: 'loki', label: `${ports.loki}` },
    ],
    directories: [
      {
        path: 'data/loki',
        mode: '0750',
        owner: 10001,
        about: `logs of the last ${own.days === 1 ? 'day' : `${own.days} days`}`,
        passing: true,
      },
    ],
    notes: [
      {
        level: 'warning',
        text: `Logs name people: addresses, rooms and accounts, for ${own.days === 1 ? 'a day' : `${own.days} days`} in data/loki and for whoever has Grafana’s password. Say so where you say what you keep of visitors. Docker hands them over only to containers that it has made anew, so the next ./stack up starts every container again, once.`,
      },
    ],
    troubles: [
      {
        symptom: 'Grafana shows no line of a service, and `./stack logs` does.',
        cause:
          'The container is of before the logs were switched on, or Alloy was away: what is said then is not sent again.',
        fix: '`./stack up`, then `./stack status`: loki and alloy have to be healthy.',
      },
    ],
  }),
  present: (plan, { days, gigabytes }) => ({
    limits: { ...limitsFor(days, gigabytes) },
    port: ports.loki,
    listens: `0.0.0.0:${ports.syslog}`,
    pushes: `http://loki:${ports.loki}/loki/api/v1/push`,
    /** Docker speaks to containers from the server's address in their network, and no container can take that: as a regular expression. */
    dockerOnly: plan.network.gateway.replaceAll('.', '\\.'),
  }),
});
