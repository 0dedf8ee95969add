import { suite } from 'uvu';
import { labRounds, network } from './suites.ts';

/** What a router in front changes. The edges in between differ from these where the router does not matter: `npm run lab -- --all`. */
const rounds = await labRounds('nat', [
  { edge: 'nginx', filters: [...network, 'issued', 'firewall'] },
  { edge: 'haproxy-go-mmproxy', filters: network },
]);
for (const { title, fill } of rounds) {
  const lab = suite(title);
  fill(lab);
  lab.run();
}
