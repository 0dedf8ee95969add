import { type Check, ensure, same } from '../check.ts';

/** The page comes through the edge, over both families, for people outside and behind a router. */
export const page: Check = {
  name: 'page through the edge',
  services: ['edge', 'web'],
  async run({ internet, lan, stack, world }) {
    const { url, answers } = stack.plan();
    for (const family of [4, 6] as const) {
      const { status, headers, body, address } = await internet
        .does('http')
        .get(`${url}/SomeRoom`, { family, anyCertificate: true });
      same(status, 200, `the status over IPv${family}`);
      ensure(world.outside.includes(address), `the page came from ${address}`);
      ensure(
        /<title>Jitsi Meet<\/title>/.test(body),
        `this is not the page: ${body.slice(0, 300)}`,
      );
      same(headers['strict-transport-security'], 'max-age=31536000', 'HSTS');
      same(headers['x-frame-options'], undefined, 'what forbids embedding');
    }
    const config = await lan.does('http').get(`${url}/config.js`, { anyCertificate: true });
    ensure(config.body.includes(`wss://${answers.domain}/`), `config.js says ${config.body}`);
    ensure(
      config.body.includes(`https://${answers.domain}/`),
      'config.js has another BOSH address',
    );
    return 'IPv4, IPv6 and behind a router; HSTS; config.js names the site';
  },
};

/** What only the real page can show. */
export const realPage: Check = {
  name: 'page: Jitsi Meet in a browser',
  services: ['web'],
  needsOfficial: 'the page is a placeholder',
  async run({ internet, stack }) {
    const { body } = await internet.does('http').get(`${stack.plan().url}/`);
    ensure(body.includes('JitsiMeetJS'), 'this is not Jitsi Meet');
    return 'Jitsi Meet is served';
  },
};
