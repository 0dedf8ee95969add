import type { ServiceDeclaration } from '../../src/blueprint.ts';
import { image as grafana } from './grafana/image.ts';
import { image as prometheus } from './prometheus/image.ts';

/** Asks a service for its health with what its image has. */
function healthy(url: string, startPeriod: string) {
  return {
    test: ['CMD', 'wget', '-q', '-O', '/dev/null', url],
    interval: '30s',
    timeout: '5s',
    retries: 4,
    startPeriod,
  };
}

/** Prometheus and Grafana. Neither sees Docker’s socket. */
export function servicesFor({ days }: { readonly days: number }): readonly ServiceDeclaration[] {
  return [
    {
      name: 'prometheus',
      image: prometheus,
      about: 'Asks everything in the stack for its numbers, keeps them, and judges them.',
      user: '65534:65534',
      command: [
        '--config.file=/etc/prometheus/stack/prometheus.yml',
        '--storage.tsdb.path=/prometheus',
        `--storage.tsdb.retention.time=${days}d`,
        '--storage.tsdb.retention.size=2GB',
      ],
      volumes: [
        { source: './monitoring/prometheus', target: '/etc/prometheus/stack' },
        { source: './data/prometheus', target: '/prometheus', readOnly: false },
      ],
      dependsOn: { prepare: 'completed' },
      memory: 256,
      healthcheck: healthy('http://127.0.0.1:9090/-/healthy', '30s'),
    },
    {
      name: 'grafana',
      image: grafana,
      about: 'Shows the numbers as graphs, to whoever has its password.',
      user: '472:472',
      volumes: [
        { source: './monitoring/grafana', target: '/etc/grafana/stack' },
        { source: './data/grafana', target: '/var/lib/grafana', readOnly: false },
      ],
      tmpfs: ['/tmp:size=64M,mode=1777,noexec'],
      dependsOn: { prepare: 'completed' },
      memory: 256,
      healthcheck: healthy('http://127.0.0.1:3000/api/health', '60s'),
    },
  ];
}
