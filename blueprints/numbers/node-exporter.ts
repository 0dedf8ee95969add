import type { ServiceDeclaration } from '../../src/blueprint.ts';
import { image } from './node-exporter/image.ts';

/** File systems that hold nothing of anybody’s; Docker’s own layers are where its disk is seen. */
const noDisks =
  'autofs|binfmt_misc|bpf|cgroup|cgroup2|configfs|debugfs|devpts|devtmpfs|fusectl|hugetlbfs|mqueue|nsfs|proc|pstore|rpc_pipefs|securityfs|selinuxfs|squashfs|sysfs|tmpfs|tracefs';

/** What of the server is measured; all of it can be seen from a container without more rights. */
const collectors = ['cpu', 'filesystem', 'loadavg', 'meminfo', 'pressure', 'stat'];

/** Measures the server, without Docker’s socket and without a mount of its files. */
export const nodeExporter: ServiceDeclaration = {
  name: 'node-exporter',
  image,
  about: 'Measures the server: processors, memory, disks.',
  user: '65534:65534',
  command: [
    '--collector.disable-defaults',
    ...collectors.map((name) => `--collector.${name}`),
    `--collector.filesystem.fs-types-exclude=^(${noDisks})$`,
    '--collector.filesystem.mount-points-exclude=^/(dev|etc|proc|sys)($|/)',
  ],
  memory: 48,
  healthcheck: {
    test: ['CMD', 'wget', '-q', '-O', '/dev/null', 'http://127.0.0.1:9100/'],
    interval: '30s',
    timeout: '5s',
    retries: 4,
    startPeriod: '15s',
  },
};

/** The stack’s own disk, where that is another one than Docker’s. */
export const diskOf = {
  volumes: [{ source: './data/disk', target: '/stack-data' }],
  dependsOn: { prepare: 'completed' },
  comments: { volumes: 'Only to see the disk that it lies on.' },
} as const;
