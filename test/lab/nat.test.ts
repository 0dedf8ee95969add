import { labSuites, network } from './suites.ts';

/** What a router in front changes. */
await labSuites('nat', [
  { edge: 'nginx', filters: [...network, 'issued', 'firewall'] },
  { edge: 'nginx-share443', filters: network },
  { edge: 'haproxy', filters: network },
  { edge: 'haproxy-go-mmproxy', filters: network },
  { edge: 'external', filters: network },
]);
