import { answersFor } from '../answers.ts';
import { type Check, ensure, same } from '../check.ts';
import { guestDomain, person, tryLogin } from './people.ts';

/** One answer changed, one update, and guests have to stay out; changed back, and they come in again. */
export const guestsOff: Check = {
  name: 'update: guests switched off and on',
  services: ['prosody', 'web'],
  async run(lab) {
    const { stack, internet, world } = lab;
    await stack.generate({
      ...answersFor(world, lab.edge),
      auth: { mode: 'internal', guests: 'none', moderators: 'signed-in' },
    });
    await stack.script(['up']);
    const password = await person(lab, 'alice');
    same(await tryLogin(lab, { username: 'alice', password }), 'in', 'somebody with an account');
    const knock = internet.does('bosh').session(`${stack.plan().url}/http-bind`, guestDomain);
    const guest = await knock.then(() => 'to come in', String);
    ensure(/host-unknown|improper-addressing/.test(guest), `a guest is told ${guest}`);
    const { body } = await internet.does('http').get(`${stack.plan().url}/config.js`);
    ensure(!body.includes('anonymousdomain'), 'config.js still offers guests a way in');
    await stack.generate(answersFor(world, lab.edge));
    await stack.script(['up']);
    await internet.does('bosh').session(`${stack.plan().url}/http-bind`, guestDomain);
    return 'one commit each, taken over by ./stack up; the guests’ domain is unknown in between';
  },
};
