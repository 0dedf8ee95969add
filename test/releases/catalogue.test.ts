import { readdirSync, readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { StackError } from '../../src/errors.ts';
import { assumeRelease, releaseDate } from '../../src/releases/catalogue.ts';
import { compareTags, loadRelease, newestRelease, releaseTags } from '../../src/releases/index.ts';

const catalogue = suite('catalogue');
const jitsi = ['jibri', 'jicofo', 'jigasi', 'jvb', 'prosody', 'transcriber', 'web'];

catalogue('lists releases by number and suffix, not by the alphabet', () => {
  const tags = releaseTags();
  assert.ok(tags.length >= 25);
  assert.is(tags[0], 'stable-9823');
  assert.is(tags[1], 'stable-9909');
  assert.is(newestRelease, tags.at(-1));
  assert.equal([...tags].reverse().sort(compareTags), [...tags]);
  assert.ok(compareTags('stable-10133', 'stable-10133-1') < 0);
  assert.ok(compareTags('stable-9823', 'stable-10008') < 0);
  const dates = tags.map((tag) => releaseDate(tag) ?? '');
  assert.equal([...dates].sort(), dates);
});

catalogue('knows what changed with the rootless images', async () => {
  const old = await loadRelease('stable-11031');
  const now = await loadRelease('stable-11146-2');
  assert.is(old.services.web?.image, 'docker.io/jitsi/web:stable-11031');
  assert.is(now.services.web?.image, 'ghcr.io/jitsi/web:stable-11146-2');
  assert.equal(old.capabilities, {
    rootless: false,
    uid: undefined,
    webPorts: { http: 80, https: 443 },
    colibriWebsockets: true,
    prosodyData: { path: '/config/data', mount: '/config' },
    prosodyShell: true,
    prosodyConfig: '/config/prosody.cfg.lua',
    p2pStunServers: true,
    nginxCustom: true,
    passwordsFollowEnvironment: false,
    transcriptionByBridge: false,
  });
  assert.equal(now.capabilities, {
    rootless: true,
    uid: 1000,
    webPorts: { http: 8000, https: 8443 },
    colibriWebsockets: false,
    prosodyData: { path: '/var/lib/prosody/data', mount: '/var/lib/prosody' },
    prosodyShell: true,
    prosodyConfig: '/run/prosody/config/prosody.cfg.lua',
    p2pStunServers: true,
    nginxCustom: true,
    passwordsFollowEnvironment: false,
    transcriptionByBridge: true,
  });
  assert.equal(old.services.jibri?.addedCapabilities, ['SYS_ADMIN']);
  assert.equal(now.services.jibri?.addedCapabilities, []);
  assert.equal(now.services.jvb?.tmpfs, [
    '/run:size=16M,mode=1750,exec',
    '/tmp:size=16M,mode=1777,noexec',
  ]);
  assert.equal(old.services.jvb?.tmpfs, []);
});

catalogue(
  'keeps the two data directories of prosody apart that 11146 and 11146-2 use',
  async () => {
    const { prosodyData } = (await loadRelease('stable-11146-1')).capabilities;
    assert.equal(prosodyData, { path: '/var/lib/prosody', mount: '/var/lib/prosody' });
  },
);

catalogue('says since when a changed password is ignored', async () => {
  assert.is((await loadRelease('stable-10710')).capabilities.passwordsFollowEnvironment, true);
  assert.is((await loadRelease('stable-10741')).capabilities.passwordsFollowEnvironment, false);
});

catalogue('keeps the images of third parties at their own versions', async () => {
  const { services } = await loadRelease('stable-11146-2');
  assert.is(services.whiteboard?.image, 'jitsi/excalidraw-backend:2026.3.0');
  assert.is(services.whiteboard?.own, false);
  assert.is(services.transcriber?.image, 'ghcr.io/jitsi/jigasi:stable-11146-2');
});

catalogue('pins images to the tag where the stock compose file runs unstable ones', async () => {
  const { services } = await loadRelease('stable-10532');
  assert.is(services.prosody?.image, 'docker.io/jitsi/prosody:stable-10532');
});

for (const tag of releaseTags()) {
  catalogue(`${tag} is complete`, async () => {
    const release = await loadRelease(tag);
    for (const name of jitsi) {
      const service = release.services[name];
      assert.ok(service, name);
      assert.ok(service.own, name);
      assert.match(service.image, new RegExp(`^(docker|ghcr)\\.io/jitsi/[a-z]+:${tag}$`));
      assert.ok(service.variables.size > 20, `${name} reads ${service.variables.size} variables`);
      assert.ok(service.variables.has('TZ'), name);
      assert.ok(
        service.mounts.some(({ target }) => target === '/config'),
        name,
      );
      assert.is(service.readOnly, release.capabilities.rootless, name);
      for (const variable of service.required) assert.ok(service.variables.has(variable), variable);
      for (const variable of service.unread) assert.not(service.variables.has(variable), variable);
    }
    assert.equal(release.services.prosody?.required, ['JICOFO_AUTH_PASSWORD', 'JVB_AUTH_PASSWORD']);
    assert.equal(release.services.jibri?.required, [
      'DISPLAY',
      'JIBRI_RECORDER_PASSWORD',
      'JIBRI_XMPP_PASSWORD',
    ]);
    assert.is(release.services.prosody?.health?.url, 'http://127.0.0.1:5280/health');
    assert.is(release.services.web?.health, undefined);
    assert.is(release.registry.startsWith('ghcr.io'), release.capabilities.rootless);
  });
}

for (const [asked, meant] of [
  ['11146', 'stable-11146-2'],
  ['stable-10073', 'stable-10073-1'],
  ['stabel-11031', 'stable-11031'],
  ['stable-11164', 'stable-11146-2'],
  ['latest', 'stable-11146-2'],
  ['__proto__', 'stable-11146-2'],
] as const) {
  catalogue(`suggests ${meant} for ${asked}`, async () => {
    const error = await loadRelease(asked).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    assert.instance(error, StackError);
    assert.match((error as StackError).message, `Did you mean ${meant}?`);
  });
}

catalogue('assumes a newer release to be like the newest, and says so', async () => {
  const release = await assumeRelease('stable-12001');
  assert.is(release.assumedFrom, 'stable-11146-2');
  assert.is(release.services.web?.image, 'ghcr.io/jitsi/web:stable-12001');
  assert.ok(release.history.removed.has('ENABLE_SCTP'));
  assert.equal(release.avoid, []);
  assert.is((await loadRelease('stable-11146-2')).assumedFrom, undefined);
});

for (const tag of [
  'stable-11146-1',
  'stable-11146-2',
  'stable-10000',
  'latest',
  'stable-12001;id',
]) {
  catalogue(`does not assume anything about ${tag}`, async () => {
    await assumeRelease(tag).then(
      () => assert.unreachable(),
      (error: unknown) => assert.instance(error, StackError),
    );
  });
}

catalogue('leaves the data out of what every start loads', () => {
  const folder = new URL('../../src/releases/', import.meta.url);
  const loaders = readdirSync(folder)
    .filter((file) => file.endsWith('.ts'))
    .filter((file) => /from '.*data\.ts'/.test(readFileSync(new URL(file, folder), 'utf8')));
  assert.equal(loaders, []);
});

catalogue.run();
