import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { upstream, usualEnv } from './installations.ts';
import { proposed } from './proposed.ts';

const test = suite('adopt: a recorder');

const jibri = `services:
  jibri:
    image: \${JITSI_IMAGE_REPO:-ghcr.io/jitsi}/jibri:\${JITSI_IMAGE_VERSION}
    volumes: ["\${CONFIG}/jibri:/config:Z", "\${CONFIG}/storage/jibri:/storage:Z"]
`;

const recording = (lines: string, tag = 'stable-11146-2') => ({
  ...upstream(`${usualEnv}${lines}\n`, tag),
  'jibri.yml': jibri,
  'compose.override.yaml': jibri,
});

const extras = async (lines: string, tag?: string) => {
  let found: unknown;
  let left: readonly string[] = [];
  await proposed(recording(lines, tag), ({ answers, unplaced }) => {
    found = answers.extras;
    left = unplaced.filter(({ name }) => /jibri|RECORDING/.test(name)).map(({ what }) => what);
  });
  return { found, left };
};

test('it records, streams, or both, as its variables say', async () => {
  assert.equal(await extras('ENABLE_RECORDING=1'), { found: ['recording'], left: [] });
  assert.equal(await extras('ENABLE_RECORDING=1\nENABLE_LIVESTREAMING=1'), {
    found: ['recording', 'livestreaming'],
    left: [],
  });
  assert.equal(
    await extras('ENABLE_RECORDING=1\nENABLE_SERVICE_RECORDING=0\nENABLE_LIVESTREAMING=true'),
    { found: ['livestreaming'], left: [] },
  );
});

test('one that is root is left out, with the release that does without', async () => {
  const { found, left } = await extras('ENABLE_RECORDING=1', 'stable-11031');
  assert.is(found, undefined);
  assert.match(left.join(), 'A stack records from stable-11146-1 on, and this one is stable-11031');
});

test.run();
