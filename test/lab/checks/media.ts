import { isIPv6 } from 'node:net';
import { type Check, ensure, same } from '../check.ts';
import type { Profile, Way } from '../probes/browser.ts';
import type { RelayLogin } from '../probes/conversation.ts';
import { until } from '../process.ts';
import type { Lab } from '../session.ts';
import { addresses } from '../world/addresses.ts';
import { leaveOnly } from '../world/families.ts';
import type { Person } from '../world/person.ts';
import { offerOf } from './bridge.ts';
import { profile, relayLogin } from './browser.ts';

/** With what somebody joins, and which bridge he meets if it is not the stack's. */
interface Joining {
  readonly url: string;
  readonly profile: Profile;
  readonly login?: RelayLogin;
  readonly bridge?: string;
  readonly seconds?: number;
}

/**
 * Has a browser connect to the bridge, and says by which way. Connected means ICE and DTLS through the pair that the bridge
 * chose; the audio and video that follow need the official one.
 */
export async function meet(lab: Lab, who: Person, joining: Joining): Promise<Way> {
  const browser = who.does('browser');
  await browser.sit('person', joining.url, joining.profile, joining.login);
  try {
    const { sdp, accept } = await offerOf(lab, joining.bridge);
    const { sdp: answer } = await browser.answer('person', { type: 'offer', sdp });
    await accept(String(answer));
    await browser.connected('person', joining.seconds ?? 20);
    return await browser.way('person');
  } finally {
    await browser.leave();
  }
}

/** Everybody reaches the bridge directly, whichever addresses he has. */
export const media: Check = {
  name: 'bridge: a browser with IPv4, with IPv6, with both',
  services: ['jvb'],
  // No edge is on this way.
  edges: ['nginx'],
  async run(lab) {
    const { world } = lab;
    const people = {
      internet: { at: world.internet, own: addresses.client, via: addresses.hub.client },
      lan: { at: world.lan, own: addresses.lan.client, via: addresses.lan.router },
    };
    const ways: string[] = [];
    for (const name of world.topology === 'nat' ? (['internet', 'lan'] as const) : ['internet']) {
      const near = name === 'lan';
      for (const families of [[4], [6], [4, 6]]) {
        const restore = await leaveOnly(people[near ? 'lan' : 'internet'], families);
        const joining = { url: 'about:blank', profile: await profile(lab) };
        const way = await meet(lab, near ? lab.lan : lab.internet, joining)
          .catch((error) => {
            throw new Error(`${name} with IPv${families.join(' and IPv')}: ${error.message}`);
          })
          .finally(restore);
        const expected = [...world.outside, ...(near ? world.own : [])];
        ensure(
          expected.includes(way.to) && families.includes(isIPv6(way.to) ? 6 : 4),
          `${name} with IPv${families.join(' and IPv')} sends to ${way.to}`,
        );
        ways.push(`${name} IPv${families.join('+')} to ${way.to}`);
      }
    }
    return `ICE and DTLS: ${ways.join(', ')}`;
  },
};

/** What the image makes of an IPv6 address in its variable: this lab has to notice when a stack goes back to that. */
export const strict: Check = {
  name: 'bridge: with IPv6 in JVB_ADVERTISE_IPS it connects to nobody',
  services: [],
  topologies: ['public'],
  edges: ['nginx'],
  async run(lab) {
    const { stack, world, internet } = lab;
    const image = stack.plan().services.find(({ name }) => name === 'jvb')?.image ?? '';
    const label = 'label=com.docker.compose.network';
    const network = await stack.docker(['network', 'ls', '-q', '--filter', label]);
    const variables = {
      JVB_ADVERTISE_IPS: world.outside.join(','),
      JVB_PORT: '10001',
      JVB_DISABLE_STUN: '1',
      JVB_DISABLE_XMPP: '1',
      VIDEOBRIDGE_MAX_MEMORY: '256m',
    };
    const name = 'mistaken';
    await stack.docker([
      ...['run', '--detach', '--name', name, '--network', network.trim()],
      ...['--cap-drop', 'ALL', '--security-opt', 'no-new-privileges:true'],
      ...['--tmpfs', '/run:mode=0755,uid=1000,gid=1000,exec', '--publish', '10001:10001/udp'],
      ...Object.entries(variables).flatMap(([key, value]) => ['--env', `${key}=${value}`]),
      image,
    ]);
    try {
      const format = '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}';
      const bridge = (await stack.docker(['inspect', '--format', format, name])).trim();
      await until('that bridge answers', 30, async () => {
        const answer = lab.server.does('http').get(`http://${bridge}:8080/about/health`);
        return (await answer.catch(() => ({ status: 0 }))).status === 200;
      });
      const joining = { url: 'about:blank', profile: await profile(lab), bridge, seconds: 6 };
      const outcome = await meet(lab, internet, joining).then(() => 'it did', String);
      ensure(outcome.includes('not connected'), `a browser should not have connected: ${outcome}`);
      const log = await stack.docker(['logs', name]);
      ensure(log.includes('No valid socket'), `for another reason than the real one:\n${log}`);
    } finally {
      await stack.docker(['rm', '-fv', name]);
    }
    return '“No valid socket”, as with the real bridge';
  },
};

/** A page that may use the relay only, over TLS. Where the relay shares 443, `only TCP 443` does the same from an office. */
export const relayedMedia: Check = {
  name: 'bridge: a browser through TURN over TLS',
  services: ['coturn', 'edge', 'jvb'],
  edges: ['nginx', 'external'],
  async run(lab) {
    const { stack, internet } = lab;
    const login = await relayLogin(lab, internet);
    const joining = { url: stack.plan().url, profile: await profile(lab), login };
    const { relay } = await meet(lab, internet, joining);
    same(relay, 'tls', 'how it reaches the relay');
    return `ICE and DTLS through ${login.url}, with credentials from prosody`;
  },
};
