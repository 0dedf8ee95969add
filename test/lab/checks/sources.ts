import { answersFor } from '../answers.ts';
import { issue } from '../authority.ts';
import { type Check, ensure, same } from '../check.ts';
import { hostFirewall } from '../host-firewall.ts';
import { answer } from '../owner.ts';
import type { Lab } from '../session.ts';
import { served, trusted } from './acme.ts';
import { person, tryLogin } from './people.ts';
import { scan } from './ports.ts';
import { amongStrangers, ssh, strange } from './strangers.ts';

/** One run of the tool with other answers, and `./stack up`; somebody with an account gets in before and after. */
async function change(lab: Lab, changes: object, password: string): Promise<void> {
  const { stack, world, edge } = lab;
  await answer(lab, { ...answersFor(world, edge), ...changes });
  await stack.script(['up']);
  await stack.healthy();
  same(await tryLogin(lab, { username: 'grace', password }), 'in', 'the password of before');
}

async function isRunning({ stack }: Lab, service: string): Promise<boolean> {
  return (await stack.containers()).some((one) => one.service === service);
}

/** The owner brings the certificate instead of Let's Encrypt, then leaves it to Let's Encrypt again. */
export const certificateSource: Check = {
  name: 'update: another source of the certificate on the running stack',
  services: ['edge', 'coturn', 'acme'],
  topologies: ['public'],
  edges: ['nginx'],
  long: true,
  async run(lab) {
    const { stack, issuer, scratch } = lab;
    const password = await person(lab, 'grace');
    const fetched = await served(lab);
    await change(lab, { certificates: { source: 'own' } }, password);
    same(await isRunning(lab, 'acme'), false, 'whether acme still runs');
    same(await served(lab), fetched, 'what is served until the owner’s own is there');
    const own = await issue(issuer, scratch, 'source', stack.plan().certificate.names);
    await stack.script(['certs', 'install', own.certificate, own.key]);
    await trusted(lab);
    const brought = await served(lab);
    ensure(brought[0] !== fetched[0] && brought[1] !== fetched[1], 'the old one is still served');
    await change(lab, {}, password);
    same(await isRunning(lab, 'acme'), true, 'whether acme runs');
    await stack.script(['certs', 'renew']);
    await trusted(lab);
    return 'the fetched one stays until the owner’s own is installed, and acme takes over again';
  },
};

/** The owner wants no firewall of the stack's any more, with its rules in force, then wants it back. */
export const firewallAnswer: Check = {
  name: 'update: another firewall answer on the running stack',
  services: ['edge', 'coturn'],
  topologies: ['public'],
  edges: ['nginx'],
  long: true,
  async run(lab) {
    const { stack, world } = lab;
    const password = await person(lab, 'grace');
    const own = hostFirewall(lab, 'nftables');
    const ids = async () => (await stack.containers()).map(({ id }) => id).sort();
    try {
      await amongStrangers(lab, async () => {
        await own.install();
        const before = await ids();
        await change(lab, { firewall: [] }, password);
        await scan(lab, ssh);
        await own.call(['remove', '--yes']);
        await scan(lab, strange);
        await change(lab, { firewall: ['nftables', 'fortigate'] }, password);
        await own.install();
        await scan(lab, ssh);
        same(await ids(), before, 'the containers: a firewall is none of their business');
      });
    } finally {
      await world.server.attempt(['nft', 'delete', 'table', 'inet', 'jitsi_stack']);
    }
    return 'without an answer the rules stay until ./stack firewall remove, then they come back; no container started anew';
  },
};
