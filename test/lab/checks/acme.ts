import { type Check, ensure } from '../check.ts';
import { edges } from '../edges.ts';
import { until } from '../process.ts';
import type { Lab } from '../session.ts';

/** An owner's own proxy has port 80, so there the stack fetches no certificates. */
const fetching = edges.filter((edge) => edge !== 'external');

/** The serial of the certificate that visitors of the page and of the relay get; it has to be from a known authority. */
export async function served(
  { internet, stack }: Lab,
  trusted = true,
): Promise<readonly [string, string]> {
  const { answers } = stack.plan();
  const look = async (name: string, port: number) => {
    const seen = await internet.does('tls').handshake(name, port, name, { maxVersion: 'TLSv1.2' });
    if ('refused' in seen) throw new Error(`${name}:${port} refused TLS`);
    if (trusted) ensure(seen.trusted, `${name}:${port}: ${seen.why}, issued by ${seen.issuer}`);
    return seen.serial;
  };
  return [await look(answers.domain, 443), await look(String(answers.turn.domain), 5349)];
}

/** Waits until they are trusted: the edge and the relay look for a new pair every twenty seconds. */
export async function trusted(lab: Lab): Promise<void> {
  await until('trusted certificates on 443 and 5349', 90, () =>
    served(lab).then(
      () => true,
      () => false,
    ),
  ).catch(async () => {
    await served(lab).catch(async (error) => {
      throw new Error(`${String(error)}\n${await lab.stack.logs('acme')}`);
    });
  });
}

/** The first certificate arrives by itself, over the self-signed one that the stack started with, and everywhere. */
export const issued: Check = {
  name: 'ACME: issued at the first start',
  edges: fetching,
  services: ['acme', 'edge', 'coturn'],
  async run(lab) {
    await trusted(lab);
    const log = await lab.stack.logs('acme');
    ensure(log.includes('is in place'), `the log of acme does not say so: ${log}`);
    return 'HTTP-01 through port 80, taken over by nginx and coturn without a restart';
  },
};

/** `./stack certs renew` fetches a new one, and it is served. */
export const renewed: Check = {
  name: 'ACME: ./stack certs renew',
  edges: fetching,
  services: ['acme', 'edge', 'coturn'],
  async run(lab) {
    const before = await served(lab);
    const said = await lab.stack.script(['certs', 'renew']);
    ensure(said.includes('in certs/'), `it says ${said}`);
    await until('the new certificate on 443 and 5349', 60, async () => {
      const now = await served(lab);
      return now[0] !== before[0] && now[1] !== before[1];
    });
    return 'a new certificate, served by nginx and coturn';
  },
};
