import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { notableChanges } from '../../src/releases/changes/notable.ts';
import { changesBetween, loadRelease, releaseTags } from '../../src/releases/index.ts';

const changes = suite('changes');

changes(
  'moves the accounts of stable-11031 to where stable-11146-2 looks, by the image',
  async () => {
    const moves = (await changesBetween('stable-11031', 'stable-11146-2')).flatMap(
      ({ move }) => move ?? [],
    );
    assert.equal(
      moves.find(({ service }) => service === 'prosody'),
      { service: 'prosody', from: '/config/data', to: '/var/lib/prosody/data', byImage: true },
    );
    assert.equal(
      moves.find(({ from }) => from === '/config/recordings'),
      { service: 'jibri', from: '/config/recordings', to: '/storage/recordings', byImage: false },
    );
  },
);

changes('has accounts of the first rootless releases moved by hand', async () => {
  const found = await changesBetween('stable-11146-1', 'stable-11146-2');
  const accounts = found.find(({ move }) => move?.service === 'prosody');
  assert.equal(accounts?.move, {
    service: 'prosody',
    from: '/var/lib/prosody',
    to: '/var/lib/prosody/data',
    byImage: false,
  });
  assert.match(accounts?.todo ?? '', 'prosody does not');
});

changes('names dead settings with the release that dropped them', async () => {
  const found = await changesBetween('stable-9823', 'stable-11146-2');
  const gone = new Map(
    found
      .filter(({ what }) => what.endsWith(' is gone.'))
      .map(({ names, since }) => [names[0], since]),
  );
  assert.is(gone.get('ENABLE_COLIBRI_WEBSOCKET'), 'stable-11146');
  assert.is(gone.get('TESTING_AV1_SUPPORT'), 'stable-9909');
  assert.is(gone.get('JIBRI_RECORDING_VIDEO_ENCODE_PRESET'), 'stable-10073-1');
  assert.not(gone.has('ENABLE_OCTO'), 'jicofo and jvb still read ENABLE_OCTO');
  assert.not(gone.has('TZ'));
});

changes('says what else the rootless images change', async () => {
  const found = await changesBetween('stable-11031', 'stable-11146-2');
  const text = found.map(({ what, todo }) => `${what} ${todo ?? ''}`).join('\n');
  for (const words of ['ghcr.io/jitsi', '8000 and 8443', 'chown -R 1000:1000', '/colibri-ws'])
    assert.match(text, words);
});

changes('leaves out what a later release takes back', async () => {
  const found = await changesBetween('stable-10888', 'stable-11031');
  const mid = found.filter(({ names }) => names.includes('JICOFO_ENABLE_MID'));
  assert.equal(
    mid.map(({ what }) => what),
    ['JICOFO_ENABLE_MID is new.'],
  );
});

changes('finds the changed default that a list of names hides', async () => {
  const found = await changesBetween('stable-10590', 'stable-10655');
  assert.ok(
    found.some(({ what }) => what === 'DISABLE_AWS_HARVESTER is 1 when it is not set; it was 0.'),
  );
});

changes('is empty where upstream changed nothing in its Docker files', async () => {
  assert.equal(await changesBetween('stable-10169', 'stable-10184'), []);
});

changes('is sorted, for every pair of neighbours and over all of them', async () => {
  const tags = releaseTags();
  for (const [index, tag] of tags.slice(1).entries())
    for (const change of await changesBetween(tags[index] ?? '', tag))
      assert.is(change.since, tag, change.what);
  const all = await changesBetween('stable-9823', 'stable-11146-2');
  const order = all.map(({ since }) => tags.indexOf(since));
  assert.equal(
    [...order].sort((a, b) => a - b),
    order,
  );
});

changes('does not pretend to know the way back', async () => {
  for (const to of ['stable-11031', 'stable-11146-2'])
    await changesBetween('stable-11146-2', to).then(
      () => assert.unreachable(),
      (error: unknown) => assert.instance(error, RangeError),
    );
});

changes('speaks of services and names that exist', async () => {
  for (const { since, services, names, what } of notableChanges) {
    const release = await loadRelease(since);
    for (const service of services) assert.ok(release.services[service], `${what} ${service}`);
    for (const name of names)
      assert.ok(
        Object.values(release.services).some(({ variables }) => variables.has(name)),
        `${since} ${name}`,
      );
  }
});

changes('warns where an image is broken, and nowhere else', async () => {
  const avoid = async (tag: string) =>
    (await loadRelease(tag)).avoid.map(({ feature }) => feature).sort();
  assert.equal(await avoid('stable-10133'), ['internal-accounts']);
  assert.equal(await avoid('stable-10133-1'), []);
  assert.equal(await avoid('stable-11146'), ['acme-in-web', 'recording', 'rootless']);
  assert.equal(await avoid('stable-11146-1'), ['acme-in-web', 'rootless']);
  assert.equal(await avoid('stable-11146-2'), []);
});

changes.run();
