import { type Check, same } from '../check.ts';

/** Port 80 leads to https under the stack's own name, whatever name was asked for. */
export const redirect: Check = {
  name: 'redirect',
  services: ['nginx'],
  async run({ internet, stack, world }) {
    const { url, answers } = stack.plan();
    const http = internet.does('http');
    for (const host of [answers.domain, 'evil.example.com']) {
      const { status, headers } = await http.get(`http://${world.outside[0]}/Room?x=1`, {
        headers: { host },
      });
      same(status, 301, `the status for ${host}`);
      same(headers.location, `${url}/Room?x=1`, `the way for ${host}`);
    }
    const challenge = await http.get(`http://${answers.domain}/.well-known/acme-challenge/none`);
    same(challenge.status, 404, 'a challenge that is not there');
    return 'to the stack’s own name, with path and query';
  },
};
