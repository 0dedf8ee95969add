import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { hostPath } from '../../src/plan/host-path.ts';
import { ownersOwn } from '../../src/plan/owners-own.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { planUpgrade, type Upgrade } from '../../src/plan/upgrade.ts';
import { type Change, changesBetween, knownChanges, type Own } from '../../src/releases/index.ts';
import { planOf } from '../matrix/stack.ts';

const upgrade = suite('upgrade');

const raw = {
  domain: 'meet.example.org',
  network: { exposure: 'public', publicAddresses: ['198.51.100.7'], lanAddresses: [] },
  certificates: { source: 'own' },
  turn: { mode: 'none' },
  auth: { mode: 'internal' },
  firewall: [],
};
const plan = (release: string, settings = {}) => planOf({ ...raw, release, settings });

async function upgradeOf(from: string, to: string, settings = {}): Promise<Upgrade> {
  const [before, after] = await Promise.all([plan(from, settings), plan(to, settings)]);
  return planUpgrade(before, after, await knownChanges(from, to));
}
const text = ({ items }: Upgrade) => items.map(({ what, todo }) => `${what} ${todo}`).join('\n');

upgrade('to rootless images: what concerns these answers, and nothing else', async () => {
  const found = await upgradeOf('stable-11031', 'stable-11146-2');
  for (const words of ['ghcr.io/jitsi', '8000 and 8443', 'prosodyctl needs --config'])
    assert.match(text(found), words);
  for (const words of ['Recordings', 'Transcripts', 'ACME', 'ENABLE_SCTP'])
    assert.not.match(text(found), words);
  assert.equal(
    found.images.map(({ service }) => service),
    ['prosody', 'web', 'jicofo', 'jvb'],
  );
  assert.match(found.downtime, 'prosody, web, jicofo, jvb');
});

upgrade('what is to do is about things that there are', async () => {
  const [before, after] = await Promise.all([plan('stable-10741'), plan('stable-11146-2')]);
  const known = await knownChanges('stable-10741', 'stable-11146-2');
  const todo = (own: ReadonlySet<Own>) =>
    planUpgrade(before, after, known, own)
      .items.filter(({ by }) => by === 'owner')
      .map(({ todo: text = '' }) => text);
  assert.equal(todo(new Set()), []);
  assert.equal(todo(new Set(['scripts'])), ['Change own scripts that call prosodyctl.']);
  assert.match(todo(new Set(['proxy'])).join(), /new ports.*Remove those paths/);
  assert.match(todo(new Set(['override'])).join(), /Mirrors.*new ports.*Move recordings/);
  const none = planUpgrade(before, after, known, new Set());
  assert.match(text(none), 'ghcr.io/jitsi', 'what happens is still said');
});

upgrade('what of an owner’s own there is', async () => {
  const { answers } = await plan('stable-11031');
  const own = (paths: readonly string[], scripts: readonly string[] = []) => [
    ...ownersOwn({ answers } as Plan, { paths, scripts }),
  ];
  assert.equal(own(['jitsi/web/custom-config.js', '.env', 'notes.md']), []);
  assert.equal(own(['compose.override.yaml']), ['override']);
  assert.equal(own(['compose.yaml']), ['override'], 'an edited one');
  assert.equal(own(['jitsi/prosody/conf.d/a.cfg.lua', 'nginx/sites/x.conf']), ['prosody', 'sites']);
  assert.equal(own(['web/Dockerfile', 'cron.sh'], ['cron.sh']), ['images', 'scripts']);
  const behind = { ...answers, edge: { proxy: 'external' } };
  assert.equal(
    [...ownersOwn({ answers: behind } as unknown as Plan, { paths: [], scripts: [] })],
    ['proxy'],
  );
});

upgrade('accounts stay where they are, and their owner changes while nothing runs', async () => {
  for (const from of ['stable-9823', 'stable-11031']) {
    const found = await upgradeOf(from, 'stable-11146-2');
    const accounts = found.items.find(({ what }) => what.includes('keeps its accounts'));
    assert.is(accounts?.todo, 'Nothing: on this server both are data/prosody/data.');
    assert.is(accounts?.by, 'stack');
    assert.equal(found.commands, ['git pull', './stack upgrade']);
  }
  const later = await upgradeOf('stable-11146-1', 'stable-11146-2');
  assert.match(text(later), 'both are data/prosody/data');
});

upgrade('a directory that moves into itself steps aside first', async () => {
  const [before, after] = await Promise.all([plan('stable-11146'), plan('stable-11146-2')]);
  const move: Change = {
    since: 'stable-11146-2',
    topic: 'data',
    services: ['prosody'],
    names: [],
    what: 'Moved.',
    move: {
      service: 'prosody',
      from: '/var/lib/prosody',
      to: '/var/lib/prosody/data/x',
      byImage: false,
    },
  };
  const { items, commands } = planUpgrade(before, after, {
    changes: [move],
    undescribed: [],
  });
  assert.equal(items[0]?.commands, [
    'mv data/prosody/data data/prosody/data.moving',
    'mkdir -p data/prosody/data',
    'mv data/prosody/data.moving data/prosody/data/x',
  ]);
  assert.is(items[0]?.by, 'owner');
  assert.ok(commands.indexOf('./stack down') < commands.indexOf(items[0]?.commands[0] ?? ''));
  assert.is(commands.at(-1), './stack upgrade');
});

upgrade('settings decide what is worth saying', async () => {
  const without = await upgradeOf('stable-10008', 'stable-10314');
  assert.match(text(without), 'XMPP_MODULES');
  const change = await changesBetween('stable-10590', 'stable-10655');
  const aws = change.find(({ names }) => names.includes('DISABLE_AWS_HARVESTER'));
  assert.is(aws?.unset, true);
  assert.match(text(await upgradeOf('stable-10590', 'stable-10655')), 'DISABLE_AWS_HARVESTER');
  const set = await upgradeOf('stable-10590', 'stable-10655', { DISABLE_AWS_HARVESTER: true });
  assert.not.match(text(set), 'DISABLE_AWS_HARVESTER');
});

upgrade('paths in containers are found on the host, or nowhere', async () => {
  const old = await plan('stable-11031');
  assert.is(hostPath(old, 'prosody', '/config/data'), 'data/prosody/data');
  assert.is(hostPath(old, 'web', '/config/config.js'), 'data/rendered/web/config.js');
  assert.is(hostPath(old, 'web', '/storage'), undefined);
  assert.is(hostPath(old, 'nobody', '/config'), undefined);
});

upgrade(
  'a release after the catalogue has the newest rules, and both plan and report say so',
  async () => {
    const [before, after] = await Promise.all([plan('stable-11031'), plan('stable-99999')]);
    const known = await knownChanges('stable-11031', 'stable-99999');
    assert.is(known.knownUntil, 'stable-11146-2');
    assert.is(planUpgrade(before, after, known).knownUntil, 'stable-11146-2');
    assert.is(
      after.services.find(({ name }) => name === 'web')?.image,
      'ghcr.io/jitsi/web:stable-99999',
    );
    assert.is(after.release.assumedFrom, 'stable-11146-2');
    assert.match(after.notes[0]?.text ?? '', 'by the rules of stable-11146-2');
    assert.equal((await knownChanges('stable-99998', 'stable-99999')).changes, []);
  },
);

upgrade.run();
