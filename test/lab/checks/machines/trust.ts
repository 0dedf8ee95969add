import { copyFileSync, readFileSync, renameSync } from 'node:fs';
import path from 'node:path';
import ipaddr from 'ipaddr.js';
import { ensure, same } from '../../check.ts';
import type { Further } from '../../further.ts';
import { run } from '../../process.ts';
import type { Lab } from '../../session.ts';
import { iceCheckFor } from '../bridge.ts';
import { join, refused } from './scene.ts';

/** A machine that is told to believe somebody else does not sign in, however well it is, and comes when it believes the right one. */
export async function believesAnother(
  lab: Lab,
  further: Further,
  missing: () => Promise<void>,
): Promise<void> {
  const [container] = await further.stack.containers();
  const store = path.join(further.stack.directory, `jitsi/${container?.service}/trust.jks`);
  copyFileSync(store, `${store}.right`);
  const script = path.join(lab.stack.directory, 'scripts/trust-store.sh');
  // Somebody else’s, for the same name.
  await run('sh', [
    '-ec',
    `openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj '/CN=XMPP of this stack' \
      -addext subjectAltName=DNS:auth.meet.jitsi -keyout /dev/null 2>/dev/null | sh "$1" >"$2"`,
    ...['sh', script, store],
  ]);
  ensure(!readFileSync(store).equals(readFileSync(`${store}.right`)), 'both stores are the same');
  await refused(further, /shows another certificate than the one in jitsi\/\w+\/trust.jks/);
  // What was signed in before is remembered for a minute.
  await missing();
  const [ill] = await further.stack.containers();
  same(ill?.health, 'healthy', 'what its own health says meanwhile');
  const status = await further.stack.tryScript(['status']);
  ensure(status.code === 1 && /signed in {3}no/.test(status.stdout), status.stdout);
  renameSync(`${store}.right`, store);
  await join(further);
}

/** The addresses in an offer; Java writes all zeros of an IPv6 one. */
function offered(sdp: string): string[] {
  return [...sdp.matchAll(/ (\S+) 10000 typ/g)].map(([, address = '']) =>
    ipaddr.parse(address).toString(),
  );
}

/** With the firewalls in force, nobody but the machines reaches prosody, and nobody at all the control port; people reach media. */
export async function strangers(lab: Lab, further: readonly Further[]): Promise<void> {
  const { internet, office, lan, server, world } = lab;
  for (const [who, person] of Object.entries({ internet, lan, office })) {
    const probe = person.does('ports');
    for (const at of [...world.own, ...further.flatMap(({ addresses }) => addresses)])
      same(await probe.openTcp(at, [5222, 8080]), [], `open to ${who} at ${at}`);
  }
  for (const { addresses, name, inside } of further) {
    const sdp = await inside(['curl', '-fsS', '-X', 'POST', 'http://127.0.0.1:8080/offer']);
    for (const address of addresses) {
      same(await server.does('ports').openTcp(address, [8080]), [], `open to the server: ${name}`);
      ensure(offered(sdp).includes(address), `${name} does not offer ${address}: ${sdp}`);
      const answering = await internet.does('ports').openUdp(address, [10000], iceCheckFor(sdp));
      same(answering, [10000], `answering UDP ports of ${name} at ${address}`);
    }
    await inside(['curl', '-fsS', '-X', 'POST', 'http://127.0.0.1:8080/leave']);
  }
}
