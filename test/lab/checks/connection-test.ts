import { type Check, ensure, same } from '../check.ts';
import { sharesPort } from '../edges.ts';
import type { Lab } from '../session.ts';
import type { Person } from '../world/person.ts';
import { profile } from './browser.ts';

const straight = 'Audio and video straight to the bridge';
const devices = { Microphone: 'ok', Camera: 'ok' };

/** The order in which answers come is anybody’s. */
const sorted = (states: Readonly<Record<string, string>>) => Object.entries(states).sort();

/** What the page says to somebody, whose browser has nothing to complain about but what the network does. */
async function told(lab: Lab, who: Person) {
  const { url } = lab.stack.plan();
  const relay = {
    name: String(lab.stack.plan().answers.turn.domain),
    address: lab.world.outside[0] ?? '',
  };
  const seen = await who.does('browser').testConnection(url, await profile(lab), relay);
  const secrets = /password|credential|[0-9]{10}:/i;
  ensure(!secrets.test(seen.report), `the report holds a login: ${seen.report}`);
  return seen;
}

/** The page that tests the connection says what each place can do. */
export const connectionTest: Check = {
  name: 'connection test: from the internet, the LAN and the office with TCP 443 only',
  services: ['edge', 'web', 'prosody', 'coturn', 'jvb'],
  long: true,
  async run(lab) {
    const { world, internet, lan, office, stack } = lab;
    const everything = {
      Page: 'ok',
      [straight]: 'ok',
      WebSocket: 'ok',
      'Relay over UDP': 'ok',
      'Relay over TCP': 'ok',
      'Relay over TLS': 'ok',
      ...devices,
    };
    const people = world.topology === 'nat' ? [internet, lan] : [internet];
    for (const who of people) {
      const { verdict, states, faults, report } = await told(lab, who);
      same(sorted(states), sorted(everything), 'what works');
      const directly = 'Your network lets its sound and picture through directly (UDP).';
      same(verdict, `A meeting will work from here. ${directly}`, 'the verdict');
      ensure(/bridge\. port 10000 of \S+ answers over UDP\./.test(report), report);
      same(faults, [], 'what the console complains about');
    }
    const shared = sharesPort(stack.plan());
    const { verdict, states, report } = await told(lab, office);
    const udp = { [straight]: 'wrong', 'Relay over UDP': 'wrong' };
    const strict = { ...everything, ...udp, 'Relay over TCP': 'wrong' };
    const wanted = shared ? strict : { ...strict, 'Relay over TLS': 'wrong' };
    same(sorted(states), sorted(wanted), 'in the office');
    const words = shared
      ? 'through the relay. This network lets no UDP out'
      : 'see and hear nobody';
    ensure(verdict.includes(words), `the office is told: ${verdict}`);
    ensure(/Fails: Relay over UDP\. UDP to port 3478 of turn/.test(report), report);
    ensure(/Fails: \S.* bridge\. UDP to port 10000 of \S.*: no answer\./.test(report), report);
    return `${people.length} places where all works; the office: ${verdict}`;
  },
};
