import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  bridgeNameFor,
  parseInterface,
  parseProject,
  projectNameFor,
  readIdentity,
} from '../../src/answers/identity.ts';

const identity = suite('the name of a stack');
const label = 'a'.repeat(63);

identity('is the domain with dashes, as it always was', () => {
  assert.is(projectNameFor('meet.example.org'), 'meet-example-org');
  assert.is(projectNameFor(' Treffen.Müller.example '), 'treffen-xn--mller-kva-example');
  assert.is(projectNameFor('1.example.org'), '1-example-org');
});

identity('of a long domain is cut, and yet its own', () => {
  const long = [`x.${label}.${label}.example`, `y.${label}.${label}.example`, `${label}.${label}`];
  const names = long.map(projectNameFor);
  assert.is(new Set(names).size, 3);
  for (const name of names) {
    assert.ok(name.length <= 63, name);
    assert.equal(parseProject(name), { value: name });
  }
});

identity('gives the bridge one that Linux takes, another one for each stack', () => {
  const bridges = ['meet-example-org', 'meet-example-com', label].map(bridgeNameFor);
  assert.is(new Set(bridges).size, 3);
  for (const bridge of bridges) {
    assert.ok(bridge.length <= 15, bridge);
    assert.equal(parseInterface(bridge), { value: bridge });
  }
});

identity('follows Compose’s rules, the bridge those of Linux', () => {
  for (const good of ['meet', '0', 'a_b-c'])
    assert.equal(parseProject(` ${good} `), { value: good });
  for (const bad of ['', 'Meet', '-a', '_a', 'a.b', 'a b', 'ä', '$(x)', 'a'.repeat(254)])
    assert.ok('problem' in parseProject(bad), bad);
  for (const good of ['jitsi0', 'a.b', 'Br-1_2'])
    assert.equal(parseInterface(good), { value: good });
  for (const bad of ['', '0a', 'a/b', 'a:b', 'a*', 'a+', 'a b', 'docker0', 'lo', 'a'.repeat(16)])
    assert.ok('problem' in parseInterface(bad), bad);
});

identity('is read from a compose.yaml, whoever edited it', async () => {
  const text =
    "name: 'mine' # my own\nnetworks:\n  other: {}\n  meet.jitsi:\n    driver_opts:\n      com.docker.network.bridge.name: jitsi0\n";
  assert.equal(await readIdentity(text), { name: 'mine', bridge: 'jitsi0' });
  for (const other of ['', 'name: 3\nnetworks: []\n', 'name: [\n', 'networks:\n  a:\n'])
    assert.equal(await readIdentity(other), {}, other);
});

identity.run();
