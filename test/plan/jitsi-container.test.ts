import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { jitsiContainer } from '../../src/plan/jitsi-container.ts';
import { loadRelease, releaseTags } from '../../src/releases/index.ts';

const containers = suite('containers of Jitsi’s images');

containers('Java has 32 MB for its native libraries in every rootless release', async () => {
  const releases = (await Promise.all(releaseTags().map((tag) => loadRelease(tag)))).filter(
    ({ capabilities }) => capabilities.rootless,
  );
  assert.ok(releases.length >= 3);
  const run = (tmpfs: readonly string[]) => tmpfs.find((entry) => entry.startsWith('/run:'));
  for (const release of releases) {
    for (const service of ['jicofo', 'jvb', 'jigasi', 'transcriber'])
      assert.match(run(jitsiContainer(release, service).tmpfs) ?? '', 'size=32M', service);
    for (const service of ['web', 'prosody', 'jibri'])
      assert.is(
        size(run(jitsiContainer(release, service).tmpfs)),
        size(run(release.services[service]?.tmpfs ?? [])),
        service,
      );
  }
});

containers('a release that needs more keeps it', async () => {
  const release = await loadRelease('stable-11146-2');
  const jvb = release.services.jvb;
  assert.ok(jvb);
  const larger = { ...jvb, tmpfs: ['/run:size=64M,mode=1750,exec'] };
  assert.equal(
    jitsiContainer({ ...release, services: { ...release.services, jvb: larger } }, 'jvb').tmpfs,
    ['/run:size=64M,mode=0755,uid=1000,gid=1000,exec'],
  );
});

function size(entry = ''): string | undefined {
  return /size=(\w+)/.exec(entry)?.[1];
}

containers.run();
