import { loadRelease, newestRelease } from '../../../../src/releases/index.ts';
import { answersFor } from '../../answers.ts';
import { type Check, ensure, same } from '../../check.ts';
import { type Further, openFurther } from '../../further.ts';
import { hostFirewall } from '../../host-firewall.ts';
import { answer } from '../../owner.ts';
import { until } from '../../process.ts';
import type { Lab } from '../../session.ts';
import { addresses } from '../../world/addresses.ts';
import { removed } from './changes.ts';
import { join } from './scene.ts';
import { believesAnother } from './trust.ts';

const { jibri } = (await loadRelease(newestRelease)).services;
const api = 'http://127.0.0.1:2222/jibri/api/v1.0';
const ask = ['curl', '-fsS', '--max-time', '60'];

/** What `./stack recorders` says of the one, and its exit code. */
async function seen({ stack }: Lab): Promise<string> {
  const { code, stdout } = await stack.tryScript(['recorders']);
  return `${code} ${/^r1 +\S+ +(.*)$/m.exec(stdout)?.[1]}`;
}

async function untilSeen(lab: Lab, state: string, seconds = 180): Promise<void> {
  await until(
    `./stack recorders says “${state}”`,
    seconds,
    async () => (await seen(lab)) === state,
  );
}

/** A recording is waited for, and plays; nobody reaches the machine meanwhile. */
async function recorded(lab: Lab, { stack, addresses: own, inside }: Further): Promise<void> {
  const begin = ['--data', JSON.stringify({ sessionId: 'one' })];
  await inside([...ask, ...begin, `${api}/startService`]);
  await untilSeen(lab, '0 yes, in a meeting now');
  const [central = ''] = lab.world.own;
  const stranger = lab.internet.does('ports');
  for (const address of own)
    same(await stranger.openTcp(address, [2222, 3333, 5222, 8080]), [], `open at ${address}`);
  same(await stranger.openTcp(central, [5222]), [], 'open at the central machine');
  let over = false;
  const waiting = stack.script(['up']).finally(() => {
    over = true;
  });
  await until('something is recorded', 60, () =>
    inside(['sh', '-c', "find /storage/recordings/one -name '*.mkv' -size +4k | grep -q ."]).then(
      () => true,
      () => false,
    ),
  );
  ensure(!over, 'up did not wait for the recording');
  await inside([...ask, '-X', 'POST', `${api}/stopService`]);
  const said = await waiting;
  ensure(said.includes('Waiting until that is over') && said.includes('has signed in'), said);
  const list = await stack.script(['recordings']);
  const file = /one\/\S+\.mp4/.exec(list)?.[0];
  ensure(file && !list.includes('not finished'), list);
  const fetched = await stack.script(['recordings', 'get', file]);
  ensure(fetched.slice(4, 8) === 'ftyp', `no mp4: ${fetched.slice(0, 40)}`);
  await untilSeen(lab, '0 yes');
}

/** The owner leaves recording to a machine of its own; the server has no recorder. */
export const recorderElsewhere: Check = {
  name: 'machines: one recorder, and none on the server',
  services: ['prosody', 'jicofo'],
  topologies: ['public'],
  edges: ['nginx'],
  long: true,
  images: jibri ? [jibri.image] : [],
  async run(lab) {
    const { stack, world, edge, authorities } = lab;
    const answers = answersFor(world, edge);
    const r1 = { name: 'r1', runs: 'recorder', days: 7 };
    const ways = { address: addresses.further[0][0], reaches: addresses.server[0] };
    await answer(lab, { ...answers, machines: [{ ...r1, ...ways }] });
    await stack.script(['up']);
    const firewall = hostFirewall(lab, 'nftables');
    await firewall.install();
    const recorder = await openFurther(lab, 'r1', 0);
    try {
      same(await seen(lab), '1 no', 'before it starts');
      await recorder.bring();
      // What certifies the page here.
      recorder.stack.override({
        services: {
          jibri: {
            environment: { SSL_CERT_FILE: '/lab-ca.pem' },
            volumes: [`${authorities}:/lab-ca.pem:ro`],
          },
        },
      });
      await join(recorder);
      await until('it opens the page', 60, async () =>
        (await recorder.stack.logs('jibri')).includes('the page opens with 200'),
      );
      await untilSeen(lab, '0 yes');
      await recorded(lab, recorder);
      await believesAnother(lab, recorder, () => untilSeen(lab, '1 no'));
      await untilSeen(lab, '0 yes');
      // It dies without a word; nobody waits for hours until prosody notices.
      await recorder.cut();
      await untilSeen(lab, '1 no', 400);
      await recorder.heal();
      await untilSeen(lab, '0 yes');
      await stack.script(['rotate', '--yes']);
      await untilSeen(lab, '1 no');
      await join(recorder);
      await untilSeen(lab, '0 yes');
      await removed(lab, { ...answers, machines: [] }, recorder, firewall);
    } finally {
      await recorder.leave();
      await firewall.call(['remove', '--yes']);
      await answer(lab, { ...answers, machines: [] });
      await stack.script(['up']);
    }
    return 'signed in over verified TLS, waited for, played and closed to everybody; another certificate, cut off, new passwords, removed';
  },
};
