import { answersFor } from '../answers.ts';
import { type Check, ensure, same } from '../check.ts';
import { guestDomain, person, tryLogin } from './people.ts';

/** One answer changed, one update, and guests have to stay out. The last check: they stay out from then on. */
export const guestsOff: Check = {
  name: 'update: guests switched off',
  services: ['prosody', 'web'],
  async run(lab) {
    const { stack, internet, world } = lab;
    await stack.generate({
      ...answersFor(world, lab.edge),
      auth: { mode: 'internal', guests: false },
    });
    await stack.script(['up']);
    const password = await person(lab, 'alice');
    same(await tryLogin(lab, { username: 'alice', password }), 'in', 'somebody with an account');
    const knock = internet.does('bosh').session(`${stack.plan().url}/http-bind`, guestDomain);
    const guest = await knock.then(() => 'to come in', String);
    ensure(/host-unknown|improper-addressing/.test(guest), `a guest is told ${guest}`);
    const { body } = await internet.does('http').get(`${stack.plan().url}/config.js`);
    ensure(!body.includes('anonymousdomain'), 'config.js still offers guests a way in');
    return `one commit, taken over by ./stack up; the guests’ domain is unknown then`;
  },
};
