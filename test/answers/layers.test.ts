import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { fillDefaults, layerAnswers } from '../../src/answers/complete.ts';
import { complete, sections } from './features.ts';

const layers = suite('layers of answers');

const missingOf = (raw: Record<string, unknown>) =>
  fillDefaults(sections, raw).missing.map(({ section, name }) =>
    [section.id, name].filter(Boolean).join('.'),
  );

layers('the upper layer wins field by field', () => {
  const merged = layerAnswers(
    sections,
    { domain: 'a.example', network: { exposure: 'nat', sshPort: 22 } },
    { network: { sshPort: 2222 } },
  );
  assert.equal(merged, { domain: 'a.example', network: { exposure: 'nat', sshPort: 2222 } });
});

layers('lists are replaced whole', () => {
  const merged = layerAnswers(
    sections,
    { network: { publicAddresses: ['203.0.113.7', '203.0.113.8'] }, firewall: ['first'] },
    { network: { publicAddresses: ['203.0.113.9'] }, firewall: [] },
  );
  assert.equal(merged, { network: { publicAddresses: ['203.0.113.9'] }, firewall: [] });
});

layers('what is not said above stays', () => {
  const under = { domain: 'a.example', settings: { ENABLE_LOBBY: true } };
  assert.equal(layerAnswers(sections, under, { domain: undefined, settings: {} }), under);
  assert.equal(under, { domain: 'a.example', settings: { ENABLE_LOBBY: true } });
});

layers('another choice takes the old one’s answers along, but for those that both have', () => {
  const under = { turn: { mode: 'own', domain: 'turn.a.example', quota: 5 } };
  assert.equal(layerAnswers(sections, under, { turn: { mode: 'none' } }), {
    turn: { mode: 'none' },
  });
  assert.equal(layerAnswers(sections, under, { turn: { mode: 'elsewhere', port: 1 } }), {
    turn: { mode: 'elsewhere', domain: 'turn.a.example', port: 1 },
  });
});

layers('the same choice again keeps its answers', () => {
  const under = { turn: { mode: 'own', domain: 'turn.a.example', quota: 5 } };
  assert.equal(layerAnswers(sections, under, { turn: { mode: 'own' } }), under);
});

layers('defaults fill what is left, also from other answers', () => {
  const { answers, missing } = fillDefaults(sections, {
    release: 'stable-11146-2',
    domain: 'a.example',
    network: { exposure: 'public', publicAddresses: ['203.0.113.7'] },
    certificates: { source: 'own' },
  });
  assert.equal(missing, []);
  assert.equal(answers.turn, { mode: 'own', domain: 'turn.a.example' });
  assert.equal(answers.edge, { proxy: 'nginx' });
  assert.equal(answers.firewall, []);
  assert.is((answers.network as { sshPort: number }).sshPort, 22);
});

layers('answers are kept as given, even those that say no', () => {
  const { answers } = fillDefaults(sections, {
    ...complete,
    network: { ...complete.network, ipv6: false, sshPort: 0 },
    host: { memory: 0, timezone: '' },
  });
  assert.is((answers.network as { sshPort: number }).sshPort, 0);
  assert.equal(answers.host, { memory: 0, timezone: '' });
});

layers('what has no default is missing, in the order of the questions', () => {
  assert.equal(missingOf({ release: 'stable-11146-2' }), [
    'domain',
    'name',
    'network.publicAddresses',
    'network.subnet6',
    'network.bridge',
    'turn.domain',
    'certificates.email',
  ]);
});

layers('the exposure decides which addresses are asked for', () => {
  const base = { domain: 'a.example', certificates: { source: 'own' } };
  assert.equal(missingOf({ ...base, network: { exposure: 'lan' } }), ['network.lanAddresses']);
  assert.equal(missingOf({ ...base, network: { exposure: 'nat' } }), [
    'network.publicAddresses',
    'network.lanAddresses',
  ]);
});

layers('an optional answer may stay out', () => {
  const { answers, missing } = fillDefaults(sections, { ...complete, turn: { mode: 'own' } });
  assert.equal(missing, []);
  assert.equal(answers.turn, { mode: 'own', domain: 'turn.meet.example.org' });
});

layers.run();
