import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { blueprints } from '../../blueprints/index.ts';
import type { Answers } from '../../src/answers/answers.ts';
import { checkAnswers } from '../../src/answers/check.ts';
import { fillDefaults } from '../../src/answers/complete.ts';
import { createPlan } from '../../src/plan/create.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { unmetNeeds } from '../../src/plan/unmet-needs.ts';
import { loadRelease, type Release, releaseTags } from '../../src/releases/index.ts';
import { listTemplates } from '../../src/templates.ts';
import { combinations } from '../matrix/combinations.ts';
import { sections } from '../matrix/stack.ts';

const contract = suite('contract of every release with every combination of answers');

const templates = listTemplates();
const checked = combinations.map(({ name, raw }) => {
  const { answers } = fillDefaults(sections, { release: 'stable-11146-2', ...raw });
  return { name, answers: checkAnswers(sections, answers, 'test') };
});

/** What may be refused, and why: everything else has to be a plan. */
const needs: Readonly<Record<string, string>> = {
  internal: 'internal-accounts',
  matrix: 'nginx-custom',
  oidc: 'nginx-custom',
  'connection-test': 'nginx-custom',
  monitoring: 'nginx-custom',
  recording: 'recording',
  livestreaming: 'recording',
};
function isBroken({ avoid, capabilities }: Release, answers: Answers): boolean {
  const { auth, runs, extras = [] } = answers;
  const wanted = [auth.mode, ...extras].map((one) => needs[one]);
  if (Object(Object(answers).telephone).numbers !== undefined) wanted.push('nginx-custom');
  // Older recorders are root with SYS_ADMIN, and a cluster starts nothing as root.
  return (
    avoid.some(({ feature }) => wanted.includes(feature)) ||
    (!capabilities.rootless && (wanted.includes('recording') || runs === 'kubernetes')) ||
    (!capabilities.transcriptionByBridge && extras.includes('transcription'))
  );
}

for (const tag of releaseTags()) {
  contract(tag, async () => {
    const release = await loadRelease(tag);
    for (const { name, answers } of checked) {
      const create = () =>
        createPlan({ ...answers, release: tag }, { release, blueprints, templates });
      if (isBroken(release, answers)) assert.throws(create, /do(es)? not work with/);
      else judge(create(), release, name);
    }
  });
}

function judge(plan: Plan, release: Release, combination: string): void {
  const problems = plan.services.flatMap((service) => {
    const facts = release.services[service.name];
    if (!facts?.own) return [];
    return [...environmentFaults(service, facts), ...containerFaults(plan, service, release)].map(
      (fault) => `${combination}: ${service.name}: ${fault}`,
    );
  });
  for (const { service, name } of unmetNeeds(plan.services, release))
    problems.push(`${combination}: ${service}: lacks ${name}`);
  if (problems.length > 0) assert.unreachable(problems.slice(0, 5).join('\n'));
}

type Service = Plan['services'][number];
type Facts = NonNullable<Release['services'][string]>;

function environmentFaults({ environment, image, build }: Service, facts: Facts): string[] {
  const published = build?.args?.BASE ?? image;
  const given = Object.keys(environment);
  return [
    ...given.filter((name) => !facts.variables.has(name)).map((name) => `${name} is not read`),
    // A server without IPv4 has none to tell, and no setting may put its IPv6 there.
    ...given
      .filter((name) => environment[name] === '' && name !== 'JVB_ADVERTISE_IPS')
      .map((name) => `${name} is empty`),
    ...(published === facts.image ? [] : [`runs ${published}`]),
  ];
}

function containerFaults(plan: Plan, service: Service, release: Release): string[] {
  const { capabilities, services } = release;
  const facts = services[service.name];
  const writable = (path: string) =>
    service.volumes.some(({ target, readOnly }) => target === path && !readOnly);
  const web = plan.routes.find((route) => route.service === 'web')?.port;
  return [
    ...(service.readOnly === facts?.readOnly ? [] : ['differs in read_only']),
    ...(service.hardened === capabilities.rootless ? [] : ['has the wrong capabilities']),
    ...(sameTmpfs(service, facts) ? [] : ['differs in tmpfs']),
    ...(writable('/config') === capabilities.rootless
      ? ['/config is wrongly writable or not']
      : []),
    ...(service.name !== 'prosody' || accountsLast(service, capabilities.prosodyData.path)
      ? []
      : ['loses accounts']),
    ...(service.healthcheck ? [] : ['has no health check']),
    ...(web === capabilities.webPorts.http ? [] : [`is reached on port ${web}`]),
  ];
}

/** Those of the release, and a mount that it wants to be writable may be one too. */
function sameTmpfs({ tmpfs }: Service, facts: Facts | undefined): boolean {
  const pathOf = (entry: string) => entry.split(':')[0] ?? '';
  const wanted = facts?.tmpfs.map(pathOf) ?? [];
  const mounted = facts?.mounts.map(({ target }) => target) ?? [];
  return (
    wanted.every((path) => tmpfs.map(pathOf).includes(path)) &&
    tmpfs.map(pathOf).every((path) => wanted.includes(path) || mounted.includes(path))
  );
}

/** Accounts are written to the host, always to the same place there, and no start of the container clears them away. */
function accountsLast({ volumes }: Service, path: string): boolean {
  const mount = volumes
    .filter(({ target, readOnly }) => !readOnly && `${path}/`.startsWith(`${target}/`))
    .sort((a, b) => b.target.length - a.target.length)[0];
  return (
    mount !== undefined && mount.source + path.slice(mount.target.length) === './data/prosody/data'
  );
}

contract('accounts stand in one place on the host, whatever the release', async () => {
  const answers = checked[0]?.answers;
  assert.ok(answers);
  for (const tag of ['stable-11031', 'stable-11146', 'stable-11146-2']) {
    const release = await loadRelease(tag);
    const plan = createPlan(
      { ...answers, release: tag, auth: { mode: 'open', strangers: true, moderators: 'first' } },
      { release, blueprints, templates },
    );
    const prosody = plan.services.find(({ name }) => name === 'prosody');
    assert.ok(prosody && accountsLast(prosody, release.capabilities.prosodyData.path), tag);
  }
});

contract(
  'the bridge’s WebSocket has a way through the edge and web wherever a release has one',
  async () => {
    const answers = checked[0]?.answers;
    assert.ok(answers);
    let count = 0;
    for (const tag of releaseTags()) {
      const release = await loadRelease(tag);
      const planned = (settings: Record<string, boolean | string>) =>
        createPlan(
          {
            ...answers,
            release: tag,
            settings,
            auth: { mode: 'open', strangers: true, moderators: 'first' },
          },
          { release, blueprints, templates },
        );
      const ways = ({ routes }: Plan) => routes.filter(({ kind }) => kind === 'channel');
      assert.equal(ways(planned({})), [], tag);
      const on = { ENABLE_COLIBRI_WEBSOCKET: true };
      if (!release.capabilities.colibriWebsockets) {
        assert.throws(() => planned(on), /stable-11146 removed ENABLE_COLIBRI_WEBSOCKET/);
        continue;
      }
      count++;
      for (const settings of [on, { ...on, JVB_WS_SERVER_ID: 'jvb.one' }]) {
        const plan = planned(settings);
        const environment = (name: string) =>
          plan.services.find((service) => service.name === name)?.environment ?? {};
        assert.equal(
          ways(plan).map(({ path, service, port }) => ({ path, service, port })),
          [{ path: '/colibri-ws/', service: 'web', port: release.capabilities.webPorts.http }],
        );
        // The bridge names itself; web only passes on to that name.
        const { JVB_WS_SERVER_ID: id, PUBLIC_URL: url } = environment('jvb');
        assert.is(url, plan.url);
        assert.match(String(id), new RegExp(`^${environment('web').COLIBRI_WEBSOCKET_REGEX}$`));
        assert.not.match('jvbxone', new RegExp(`^${environment('web').COLIBRI_WEBSOCKET_REGEX}$`));
        if (!('JVB_WS_SERVER_ID' in settings)) assert.is(id, plan.network.addresses.jvb?.ipv4);
      }
      const mute = planned({ ENABLE_SCTP: false });
      assert.ok(
        mute.notes.some(({ text }) => text.includes('no channel to browsers')),
        tag,
      );
      assert.not(
        planned({ ...on, ENABLE_SCTP: false }).notes.some(({ text }) =>
          text.includes('no channel'),
        ),
      );
    }
    assert.is(count, 22);
  },
);

contract('a setting that a release breaks is refused with what to do instead', async () => {
  const release = await loadRelease('stable-10008');
  const answers = checked[0]?.answers;
  assert.ok(answers);
  const settings = { P2P_STUN_SERVERS: 'stun.example.org:3478' };
  assert.throws(
    () => createPlan({ ...answers, settings }, { release, blueprints, templates }),
    /P2P_STUN_SERVERS does harm with stable-10008.*stable-10078-1/,
  );
});

contract.run();
