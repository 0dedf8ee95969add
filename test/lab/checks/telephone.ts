import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { loadRelease, newestRelease } from '../../../src/releases/index.ts';
import { answersFor } from '../answers.ts';
import { type Check, ensure, same } from '../check.ts';
import { type Exchange, startExchange } from '../exchange/exchange.ts';
import { answer } from '../owner.ts';
import { until } from '../process.ts';
import type { Lab } from '../session.ts';
import { addresses } from '../world/addresses.ts';
import { enter, person } from './people.ts';

const { jigasi } = (await loadRelease(newestRelease)).services;
const account = { user: 'meet', domain: 'pbx.example.org', password: 'given by the exchange' };
const room = 'weekly';
const [pbx] = addresses.client;

interface Told {
  readonly conference: string | false;
  readonly id?: number;
}

/** What the page is told of the PIN of the room, by the address that its configuration names. */
async function pinOf({ internet, stack }: Lab): Promise<Told> {
  const url = `${stack.plan().url}/telephone/pin?conference=${room}@muc.meet.jitsi`;
  const { status, body } = await internet.does('http').get(url);
  return status === 200 && body.startsWith('{')
    ? (JSON.parse(body) as Told)
    : { conference: false };
}

/** What the exchange is told with the file of the stack, as curl reads it. */
async function asked({ stack, world, authorities, scratch }: Lab, pin: number, password: string) {
  const given = path.join(stack.directory, 'telephone/jitsi-room.curl');
  const config = path.join(scratch, 'jitsi-room.curl');
  writeFileSync(config, readFileSync(given, 'utf8').replace('PASSWORD"', `${password}"`));
  const curl = ['curl', '--config', config, '--cacert', authorities, '--data', `pin=${pin}`];
  const words = [...world.internet.prefix, ...curl];
  const { code, stdout } = await world.internet.attempt(words);
  return code === 0 ? stdout : 'refused';
}

async function gateway({ stack }: Lab): Promise<string | undefined> {
  return (await stack.containers()).find(({ service }) => service === 'jigasi')?.id;
}

/** Ada opens the room in her browser, somebody types its PIN, and both are in it until the caller hangs up. */
async function inOneRoom(lab: Lab, exchange: Exchange): Promise<void> {
  const { lan, stack } = lab;
  const { id = 0 } = await pinOf(lab);
  const secret = stack.secret('TELEPHONE_PBX_PASSWORD');
  same(await asked(lab, id, secret), 'refused', 'a PIN while nobody is in its room');
  same(await exchange.call(room), '486', 'a call to a room that nobody has opened');
  const xmpp = lan.does('xmpp');
  const password = await person(lab, 'ada');
  await xmpp.login('ada', enter(lab, { username: 'ada', password }));
  same(await xmpp.conference('ada', `${room}@muc.meet.jitsi`), 'ready', 'ada opens the room');
  same(await xmpp.join('ada', `${room}@muc.meet.jitsi`, 'ada'), ['ada', 'focus'], 'who is there');
  same(await asked(lab, id, 'guess'), 'refused', 'an exchange with another password');
  same(await asked(lab, id + 1, secret), 'refused', 'another PIN');
  const found = await asked(lab, id, secret);
  same(found, room, 'the room of the PIN');
  same(await exchange.call(found), 'answered', 'the call');
  for (const line of [
    `a call sits in ${room}@muc.meet.jitsi`,
    `voices come back in ${room}@muc.meet.jitsi`,
    'a call has ended',
  ])
    await until(`the gateway says: ${line}`, 60, async () =>
      (await stack.logs('jigasi')).includes(line),
    );
  await xmpp.leave('ada');
}

/** The owner wants telephone on a stack that runs, changes numbers, and gives it up again. */
export const telephone: Check = {
  name: 'telephone: registered, called by PIN, changed and off on the running stack',
  services: ['jigasi', 'prosody', 'web', 'jicofo'],
  topologies: ['public'],
  edges: ['nginx', 'haproxy'],
  long: true,
  images: jigasi ? [jigasi.image] : [],
  async run(lab) {
    const { stack, world, edge, scratch, internet } = lab;
    const exchange = await startExchange(world.internet, pbx, account, scratch);
    try {
      const answers = answersFor(world, edge);
      const line = { account: `${account.user}@${account.domain}`, server: pbx };
      const wanted = { ...answers, extras: ['connection-test', 'telephone'] };
      const numbers = 'DE +49 30 123456';
      await answer(lab, { ...wanted, telephone: { ...line, numbers } });
      const enteringPassword = ['secret', 'JIGASI_SIP_PASSWORD'];
      await stack.script(enteringPassword, { input: 'a wrong one\n' });
      const refused = await stack.tryScript(['up']);
      same(refused.code, 1, 'up with a wrong password of the SIP account');
      await stack.script(enteringPassword, { input: `${account.password}\n` });
      await stack.script(['up']);
      await stack.healthy();
      ensure(/registered sip:meet@/.test(exchange.said()), exchange.said());
      const brewery = 'joined jigasibrewery@internal-muc.meet.jitsi';
      ensure((await stack.logs('jigasi')).includes(brewery), 'the gateway is not in its room');
      await inOneRoom(lab, exchange);
      same(await exchange.call(), '486', 'a call without a room');

      const before = await pinOf(lab);
      const first = await gateway(lab);
      await answer(lab, {
        ...wanted,
        telephone: { ...line, room, numbers: `${numbers}, CH +41 44 123456` },
      });
      await stack.script(['up']);
      await stack.healthy();
      const { body } = await internet.does('http').get(`${stack.plan().url}/telephone/numbers`);
      same(JSON.parse(body).length, 2, 'numbers after another was added');
      same(await pinOf(lab), before, 'the PIN after another number was added');
      ensure((await gateway(lab)) !== first, 'the gateway does not know of its default room');

      await answer(lab, { ...wanted, telephone: { ...line, numbers: '' } });
      await stack.script(['up']);
      same((await pinOf(lab)).conference, false, 'a PIN without numbers');
      await answer(lab, answers);
      await stack.script(['up']);
      same(await gateway(lab), undefined, 'the gateway, switched off');
      // Nobody answers, and once its registration has run out the exchange knows.
      const gone = await exchange.call(room);
      ensure(['408', '480'].includes(gone), `a call to a gateway that is gone: ${gone}`);
      return 'a caller’s PIN led to a room where both are heard; the PIN stays when numbers change';
    } finally {
      await exchange.stop();
    }
  },
};
