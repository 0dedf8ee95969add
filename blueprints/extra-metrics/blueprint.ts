import { defineBlueprint, measuredIn, numbersDoor } from '../../src/blueprint.ts';
import { addressProblems } from './check.ts';
import { fields } from './fields.ts';
import { image } from './image.ts';
import { jobsIn, pathOf } from './jobs.ts';

/** Inside the container. */
const inside = 9464;

/** The numbers of the stack for a Prometheus that its owner has already, and for nobody else. */
export const extraMetrics = defineBlueprint({
  id: 'extra-metrics',
  title: 'Metrics',
  order: 87,
  offer: {
    section: 'extras',
    value: 'metrics',
    label: 'Numbers for a Prometheus that you have',
    hint: 'at an address that you choose, for the addresses that you name',
    order: 61,
  },
  fields,
  formats: { '*.conf': 'nginx', '*.yml': 'lines' },
  check: ({ own }) => addressProblems(own),
  contribute({ own }) {
    const { address, from, port } = own;
    // Monitoring has a service called prometheus.
    const readers = from.map((one, index) => ({
      machine: from.length === 1 ? 'your-prometheus' : `your-prometheus-${index + 1}`,
      address: one,
      answeredAt: address,
      routed: false,
    }));
    return {
      services: [
        {
          ...numbersDoor({
            name: 'metrics',
            image,
            about:
              'Passes numbers of everything in the stack on to your Prometheus, and nothing else.',
          }),
          reload: {
            test: ['nginx', '-t', '-q', '-c', '/etc/nginx/stack/nginx.conf'],
            signal: 'HUP',
            rereads: 'configuration',
          },
        },
      ],
      endpoints: [
        {
          name: 'metrics',
          protocol: 'tcp',
          port,
          answer: 'metrics.port',
          containerPort: inside,
          from: 'machines',
          sources: readers,
          service: 'metrics',
          purpose: 'Numbers, for your Prometheus',
        },
      ],
      links: [
        ...readers.map(({ machine }) => ({ from: machine, to: 'metrics', label: `${port}/tcp` })),
        { from: 'metrics', to: 'jvb', label: '8080' },
        { from: 'metrics', to: 'jicofo', label: '8888' },
        { from: 'metrics', to: 'prosody', label: '5280' },
      ],
      steps: [
        {
          phase: 'after',
          title: 'Let your Prometheus read the numbers',
          detail: `metrics/scrape.yml has a job for each program, read at ${address}:${port}. Copy it beside your prometheus.yml, and name it there as its first line says. What stands between the two has to let TCP ${port} through.`,
        },
      ],
    };
  },
  present(plan) {
    const row = plan.endpoints.find(({ service }) => service === 'metrics');
    const sources = row?.sources ?? [];
    return {
      inside,
      readers: sources.map(({ address }) => address),
      six: false,
      targets: measuredIn(plan).map(({ address, path, ...who }) => ({
        path: pathOf(who),
        address,
        asks: path,
      })),
      jobs: jobsIn(measuredIn(plan)),
      asked: `${sources[0]?.answeredAt}:${row?.port}`,
      domain: plan.answers.domain,
    };
  },
});
