import { suite } from 'uvu';
import { labRounds, network } from './suites.ts';

/** What a router in front changes. */
const rounds = await labRounds('nat', [
  { edge: 'nginx', filters: [...network, 'issued', 'firewall'] },
  { edge: 'nginx-share443', filters: network },
  { edge: 'haproxy', filters: network },
  { edge: 'haproxy-go-mmproxy', filters: network },
  { edge: 'external', filters: network },
]);
for (const { title, fill } of rounds) {
  const lab = suite(title);
  fill(lab);
  lab.run();
}
