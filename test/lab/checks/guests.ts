import { answersFor } from '../answers.ts';
import { type Check, ensure, same } from '../check.ts';
import { enter, guestDomain, person, tryLogin } from './people.ts';

/** One answer changed, one update, and guests have to stay out. */
export const guestsOff: Check = {
  name: 'update: guests switched off',
  services: ['prosody', 'web'],
  async run(lab) {
    const { stack, internet, world } = lab;
    const answers = answersFor(world);
    await stack.generate({ ...answers, auth: { mode: 'internal', guests: false } });
    await stack.script(['up']);
    const password = await person(lab, 'alice');
    same(await tryLogin(lab, { username: 'alice', password }), 'in', 'somebody with an account');
    const guest = await tryLogin(lab, { ...enter(lab, {}), domain: guestDomain });
    ensure(guest !== 'in', 'a guest is let in');
    const { body } = await internet.does('http').get(`${stack.plan().url}/config.js`);
    ensure(!body.includes('anonymousdomain'), 'config.js still offers guests a way in');
    await stack.generate(answers);
    await stack.script(['up']);
    same(await tryLogin(lab, { domain: guestDomain }), 'in', 'a guest, switched on again');
    return `a guest is told ${guest}; two updates, each taken over by ./stack up`;
  },
};
