import { type Answers, defineBlueprint, machinesOf } from '../../src/blueprint.ts';

/** Prosody knows no limit on wrong passwords; this module of ours for it does, and says who tries. */
export const loginBackoff = defineBlueprint({
  id: 'login-backoff',
  title: 'Guessing of passwords',
  order: 65,
  formats: { '*.conf': 'lines' },
  contribute: ({ answers, subnets }) => ({
    lists: {
      prosody: {
        GLOBAL_MODULES: ['login_backoff'],
        GLOBAL_CONFIG: [
          option('login_backoff_inside', ['127.0.0.1', '::1', ...subnets]),
          ...machinesConfig(answers),
        ],
      },
    },
    troubles: [
      {
        symptom: 'A password is right, and still the page says that it is not.',
        cause:
          'After several wrong passwords, prosody makes that account wait, for each address, and refuses anybody who tries sooner; `./stack logs prosody` names both.',
        fix: 'Wait a minute, or `./stack user unlock`; for a forgotten password: `./stack user passwd NAME`.',
      },
    ],
  }),
  present: (plan) => ({
    log: `${plan.accounts?.gathered}/failed-logins.log`,
    inside: [plan.network.subnet, ...(plan.network.subnet6 ? [plan.network.subnet6] : [])],
    /** The edge is a container; a proxy of the owner's on the server itself is not. */
    published: plan.services.some(({ name }) => name === plan.trustedProxy.name),
  }),
});

/** Machines sign in by themselves, again and again: their tries with an old password would hold up the new one for minutes. */
function machinesConfig(answers: Answers): string[] {
  const addresses = machinesOf(answers).map(({ comesFrom }) => comesFrom);
  return addresses.length > 0 ? [option('login_backoff_machines', addresses)] : [];
}

/** As it stands in prosody’s configuration. */
function option(name: string, addresses: readonly string[]): string {
  return `${name} = { ${addresses.map((one) => `"${one}"`).join('; ')} }`;
}
