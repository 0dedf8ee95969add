import { type Check, ensure, same } from '../check.ts';

/** Port 80 leads to https under the stack's own name, whatever name was asked for. */
export const redirect: Check = {
  name: 'redirect',
  services: ['edge'],
  async run({ internet, stack, world, edge }) {
    const { url, answers } = stack.plan();
    const http = internet.does('http');
    // What the owner's own proxy says to strangers' names is the owner's business.
    const own = edge === 'external';
    for (const host of own ? [answers.domain] : [answers.domain, 'evil.example.com']) {
      const { status, headers } = await http.get(`http://${world.outside[0]}/Room?x=1`, {
        headers: { host },
      });
      ensure([301, 308].includes(status), `the status for ${host} is ${status}`);
      same(headers.location, `${url}/Room?x=1`, `the way for ${host}`);
    }
    if (own) return 'to https, with path and query';
    const challenge = await http.get(`http://${answers.domain}/.well-known/acme-challenge/none`);
    same(challenge.status, 404, 'a challenge that is not there');
    return 'to the stack’s own name, with path and query';
  },
};
