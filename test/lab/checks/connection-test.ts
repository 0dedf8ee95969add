import { type Check, ensure, same } from '../check.ts';
import { sharesPort } from '../edges.ts';
import type { Lab } from '../session.ts';
import type { Person } from '../world/person.ts';
import { profile } from './browser.ts';

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
  const { 'Audio and video straight to the bridge': bridge, ...states } = seen.states;
  same(bridge, 'unknown', 'what is said of the bridge');
  const secrets = /password|credential|[0-9]{10}:/i;
  ensure(!secrets.test(seen.report), `the report holds a login: ${seen.report}`);
  return { ...seen, states };
}

/** The page that tests the connection says what each place can do. */
export const connectionTest: Check = {
  name: 'connection test: from the internet, the LAN and the office with TCP 443 only',
  services: ['edge', 'web', 'prosody', 'coturn'],
  long: true,
  async run(lab) {
    const { world, internet, lan, office, stack } = lab;
    const everything = {
      Page: 'ok',
      WebSocket: 'ok',
      'Relay over UDP': 'ok',
      'Relay over TCP': 'ok',
      'Relay over TLS': 'ok',
      ...devices,
    };
    const people = world.topology === 'nat' ? [internet, lan] : [internet];
    for (const who of people) {
      const { verdict, states, faults } = await told(lab, who);
      same(sorted(states), sorted(everything), 'what works');
      same(verdict, 'A meeting will work from here.', 'the verdict');
      same(faults, [], 'what the console complains about');
    }
    const shared = sharesPort(stack.plan());
    const { verdict, states, report } = await told(lab, office);
    const strict = { ...everything, 'Relay over UDP': 'wrong', 'Relay over TCP': 'wrong' };
    const wanted = shared ? strict : { ...strict, 'Relay over TLS': 'wrong' };
    same(sorted(states), sorted(wanted), 'in the office');
    const words = shared
      ? 'through the relay. This network lets no UDP out'
      : 'see and hear nobody';
    ensure(verdict.includes(words), `the office is told: ${verdict}`);
    ensure(/Fails: Relay over UDP\. UDP to port 3478 of turn/.test(report), report);
    return `${people.length} places where all works; the office: ${verdict}`;
  },
};
