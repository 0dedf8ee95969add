import type { ServiceDeclaration } from '../../src/blueprint.ts';
import { image as alloy } from './alloy/image.ts';
import { image as loki } from './loki/image.ts';

/** At which port Docker tells Alloy what containers print, and where Alloy and Loki are asked. */
export const ports = { syslog: 1514, alloy: 12345, loki: 3100 } as const;

/** Loki’s image has no shell, Alloy’s has bash and no program for HTTP. */
const isAlloyWell = [
  `exec 3<>/dev/tcp/127.0.0.1/${ports.alloy}`,
  "printf 'GET /-/healthy HTTP/1.0\\r\\n\\r\\n' >&3",
  "head -n 1 <&3 | grep -q ' 200 '",
].join(' && ');

/** Loki and Alloy. Neither sees Docker’s socket or a file of the server. */
export const services: readonly ServiceDeclaration[] = [
  {
    name: 'loki',
    image: loki,
    about: 'Keeps what all services say, for some days.',
    user: '10001:10001',
    command: ['-config.file=/etc/loki/stack/loki.yaml'],
    volumes: [
      { source: './loki', target: '/etc/loki/stack' },
      { source: './data/loki', target: '/loki', readOnly: false },
    ],
    tmpfs: ['/tmp:size=16M,mode=1777,noexec'],
    dependsOn: { prepare: 'completed' },
    memory: 320,
    healthcheck: {
      test: ['CMD', '/usr/bin/loki', '-health'],
      interval: '30s',
      timeout: '10s',
      retries: 4,
      startPeriod: '90s',
    },
  },
  {
    name: 'alloy',
    image: alloy,
    about: 'Takes from Docker what all services print, leaves secrets out, and hands it to Loki.',
    user: '473:473',
    command: [
      'run',
      '/etc/alloy/stack/config.alloy',
      '--storage.path=/tmp/alloy',
      `--server.http.listen-addr=0.0.0.0:${ports.alloy}`,
      '--server.http.disable-support-bundle',
      '--disable-reporting',
    ],
    volumes: [{ source: './alloy', target: '/etc/alloy/stack' }],
    tmpfs: ['/tmp:size=32M,mode=1777,noexec'],
    memory: 208,
    healthcheck: {
      test: ['CMD', 'bash', '-c', isAlloyWell],
      interval: '30s',
      timeout: '5s',
      retries: 4,
      startPeriod: '60s',
    },
  },
];
