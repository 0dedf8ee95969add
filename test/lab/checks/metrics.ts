import { answersFor } from '../answers.ts';
import { type Check, ensure, same } from '../check.ts';
import { answer } from '../owner.ts';
import { addresses } from '../world/addresses.ts';

const port = 9464;

/** A Prometheus elsewhere reads the numbers of a running stack, at the address and from the one that its owner names. */
export const metrics: Check = {
  name: 'metrics: read by the named address, by nobody else, and off again',
  services: ['metrics', 'node-exporter', 'edge'],
  topologies: ['public'],
  edges: ['nginx'],
  long: true,
  async run(lab) {
    const { stack, world, edge, internet, office, lan, server } = lab;
    const [host = ''] = world.outside;
    const answers = answersFor(world, edge);
    const asked = { address: host, from: [addresses.client[0]], port };
    await answer(lab, { ...answers, extras: ['metrics'], metrics: asked });
    await stack.script(['up']);
    await stack.healthy();
    const url = `http://${host}:${port}`;
    const { get } = internet.does('http');
    for (const [job, line] of [
      ['node', /^node_cpu_seconds_total\{/m],
      ['nginx', /^nginx_connections_active \d+$/m],
      ['prosody', /^# TYPE \w+/m],
    ] as const) {
      const { status, body } = await get(`${url}/metrics/${job}`);
      ensure(status === 200 && line.test(body), `${job}: ${status} ${body.slice(0, 200)}`);
    }
    same((await get(`${url}/about/health`)).status, 404, 'what is no number');
    same((await get(`${url}/metrics/node`, { method: 'POST' })).status, 403, 'another method');
    for (const [who, person] of Object.entries({ lan, server })) {
      const { status } = await person.does('http').get(`${url}/metrics/node`);
      same(status, 403, `what the ${who} is told`);
    }
    const strict = await office.does('http').get(`${url}/metrics/node`).catch(String);
    ensure(typeof strict === 'string', 'the office has a way out that it should not have');
    await answer(lab, answers);
    await stack.script(['up']);
    const closed = await get(`${url}/metrics/node`).catch(String);
    ensure(/ECONNREFUSED/.test(String(closed)), `switched off it says ${JSON.stringify(closed)}`);
    return 'server, NGINX and prosody told the named address; 403 to others by NGINX alone, with Docker in between';
  },
};
