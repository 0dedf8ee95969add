import { labSuites, network } from './suites.ts';

const restarts = 'edge: killed';
const script = './stack up, status';

/** Everything once; with the other edges what differs there. */
await labSuites('public', [
  { edge: 'nginx', filters: [] },
  { edge: 'nginx-share443', filters: network },
  { edge: 'haproxy', filters: [...network, script, restarts] },
  { edge: 'haproxy-go-mmproxy', filters: [...network, 'stand-ins', script, restarts] },
  { edge: 'external', filters: [...network, script, 'certificates:', 'backup'] },
]);
