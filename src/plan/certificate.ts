import type { Answers } from '../answers/answers.ts';
import { StackError } from '../errors.ts';
import type { Contribution } from './blueprint.ts';
import type { Certificate, Service, TrustedProxy } from './plan.ts';

/**
 * Which names the certificate has to be valid for, and who reads it.
 *
 * @throws StackError when somebody reads it who does not say how a new one is taken over
 */
export function planCertificate(
  { domain }: Pick<Answers, 'domain'>,
  trustedProxy: TrustedProxy,
  parts: readonly Contribution[],
  services: readonly Service[],
): Certificate {
  const named = parts.flatMap(({ certificate }) => certificate?.names ?? []);
  const consumers = parts.flatMap(({ certificate }) => certificate?.consumers ?? []);
  const deaf = consumers.find(
    (name) => !services.some((service) => service.name === name && service.reload),
  );
  if (deaf !== undefined) {
    throw new StackError({
      what: `“${deaf}” reads the certificate, and no service of that name says how it is reloaded.`,
      fix: 'Give the service a “reload” in its blueprint.',
    });
  }
  const renewal = parts.find(({ certificate }) => certificate?.renewal)?.certificate?.renewal;
  // For the page, the owner's own proxy has a certificate of its own.
  const names = trustedProxy.listen || named.length === 0 ? [domain, ...named] : named;
  return { names, consumers, ...(renewal && { renewal }) };
}
