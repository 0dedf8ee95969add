import { suite } from 'uvu';
import { labRounds, network } from './suites.ts';

const restarts = 'edge: killed';
const script = './stack up, status';

/** Everything once; with the other edges what differs there. HAProxy without go-mmproxy is in the full run: `npm run lab -- --all`. */
const rounds = await labRounds('public', [
  { edge: 'nginx', filters: [] },
  { edge: 'nginx-share443', filters: network },
  { edge: 'haproxy-go-mmproxy', filters: [...network, 'stand-ins', script, restarts] },
  { edge: 'external', filters: [...network, script, 'certificates:', 'backup:', 'own proxy'] },
]);
for (const { title, fill } of rounds) {
  const lab = suite(title);
  fill(lab);
  lab.run();
}
