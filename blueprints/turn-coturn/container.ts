import { openFiles, type ServiceDeclaration } from '../../src/blueprint.ts';
import { image } from './image.ts';

/** What every coTURN of a stack is given, with its memory limit in MiB. */
export function container(memory: number) {
  return {
    image,
    user: '1000:1000',
    entrypoint: ['/bin/sh', '/etc/coturn/stack/start.sh'],
    volumes: [
      { source: './coturn', target: '/etc/coturn/stack' },
      { source: './certs', target: '/certs' },
    ],
    tmpfs: ['/run/coturn:size=4M,mode=0700,uid=1000,gid=1000', '/tmp:size=16M,mode=1777,noexec'],
    // The image's program carries this as a file capability; without it in the bounding set it cannot be executed.
    capabilities: ['NET_BIND_SERVICE'],
    dependsOn: { prepare: 'completed' },
    // For its other settings it has to start anew.
    reload: { signal: 'USR2', rereads: 'certificate' },
    memory,
    openFiles,
    comments: {
      cap_add:
        'The image’s program carries this as a file capability and could not be executed without it.',
    },
  } satisfies Partial<ServiceDeclaration>;
}

/** Asks the relay at one of its own addresses what it sees. */
export function healthcheck(address: string, port: number) {
  return {
    test: ['CMD-SHELL', `turnutils_stunclient -p ${port} ${address} | grep -q 'reflexive addr'`],
    interval: '15s',
    timeout: '5s',
    retries: 4,
    startPeriod: '15s',
  };
}
