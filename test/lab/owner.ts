import { answersFor } from './answers.ts';
import { acmeAddress, acmeHost } from './authority.ts';
import type { Edge } from './edges.ts';
import { providerHost } from './provider/provider.ts';
import type { Lab } from './session.ts';
import { routerRules } from './world/router.ts';

/** What the owner does for an edge before anything starts: the answers, his own compose file, the router's forwards. */
export async function arrange(
  { world, ...owned }: Pick<Lab, 'stack' | 'world' | 'issuer' | 'authorities'>,
  edge: Edge,
): Promise<void> {
  await answer(owned, answersFor(world, edge));
  await world.router.run(['nft', '-f', '-'], { input: routerRules(owned.stack.plan().endpoints) });
}

/** Answers anew; the owner's compose file follows, because it names services. */
export async function answer(
  { stack, ...trusted }: Pick<Lab, 'stack' | 'issuer' | 'authorities'>,
  answers: object,
): Promise<void> {
  await stack.generate(answers);
  stack.override(additions(stack.plan().services, trusted));
}

/**
 * All that the lab adds to a stack, in the file that is the owner's: where its ACME server and the provider are; that the former, and what it
 * certifies for the page that a recorder opens, may be trusted; and that health is asked for every second while a container starts, which Docker can do since version 25.
 */
function additions(
  all: readonly { readonly name: string; readonly healthcheck?: object }[],
  { issuer: { certificate }, authorities }: Pick<Lab, 'issuer' | 'authorities'>,
): object {
  const checked = all.filter(({ healthcheck }) => healthcheck);
  const impatient = checked.map(({ name }) => [name, { healthcheck: { start_interval: '1s' } }]);
  const services = Object.fromEntries(impatient);
  if (all.some(({ name }) => name === 'acme')) {
    services.acme = {
      ...services.acme,
      extra_hosts: [`${acmeHost}:${acmeAddress}`],
      environment: { LEGO_CA_CERTIFICATES: '/lab-ca.pem' },
      volumes: [`${certificate}:/lab-ca.pem:ro`],
    };
  }
  if (all.some(({ name }) => name === 'jibri'))
    services.jibri = {
      ...services.jibri,
      environment: { SSL_CERT_FILE: '/lab-ca.pem' },
      volumes: [`${authorities}:/lab-ca.pem:ro`],
    };
  if (all.some(({ name }) => name === 'oidc'))
    services.oidc = { ...services.oidc, extra_hosts: [`${providerHost}:${acmeAddress}`] };
  return { services };
}
