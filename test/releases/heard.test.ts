import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { heard, heardUpTo } from '../../src/releases/heard.ts';
import {
  checkSettings,
  findRelease,
  idleSetting,
  kindOf,
  knownChanges,
  loadRelease,
  newestRelease,
  readersOf,
  releaseTags,
} from '../../src/releases/index.ts';
import { jitsiBeside, proposed } from '../adopt/proposed.ts';

const test = suite('releases that were heard of');

test('none of them is known: their files are what counts as soon as they are read', () => {
  for (const { tag, since } of heard) {
    assert.not.ok(releaseTags().includes(tag), tag);
    assert.match(since, /^\d{4}-\d\d-\d\d$/);
  }
  assert.equal(heardUpTo('stable-11248', ['stable-11248']), []);
  assert.equal(heardUpTo(newestRelease, releaseTags()), []);
});

test('one that is out after a release is named there, and nowhere else', async () => {
  const { notKnownYet } = await loadRelease(newestRelease);
  assert.equal(notKnownYet, { tag: 'stable-11248', since: '2026-09-15', month: 'September 2026' });
  assert.is((await loadRelease('stable-10741')).notKnownYet?.tag, 'stable-11248');
  for (const tag of ['stable-11248', 'stable-12001'])
    assert.is((await findRelease(tag)).notKnownYet, undefined, tag);
});

test('what is sure of them counts, for them and for what comes after them', async () => {
  for (const tag of ['stable-11248', 'stable-11248-2', 'stable-12001']) {
    const release = await findRelease(tag);
    assert.equal(readersOf(release, 'ENABLE_ICE_RESTART'), ['web'], tag);
    assert.is(kindOf(release, 'ENABLE_ICE_RESTART'), 'switch');
    assert.equal(checkSettings(release, { ENABLE_ICE_RESTART: true }), []);
    assert.equal(checkSettings(release, { CODEC_ORDER_P2P: '["VP9"]' }), []);
  }
  const newest = await loadRelease(newestRelease);
  assert.equal(readersOf(newest, 'ENABLE_ICE_RESTART'), []);
});

test('what nobody has read is not known: never is it said that no image reads it', async () => {
  const release = await findRelease('stable-11248');
  const [problem] = checkSettings(release, { SOMETHING_ELSE_ENTIRELY: true });
  assert.is(
    problem?.what,
    'Whether stable-11248 reads SOMETHING_ELSE_ENTIRELY is not known to this version of create-jitsi-stack.',
  );
  assert.match(problem?.fix ?? '', /compose\.override\.yaml.*releases add/);
  const [typo] = checkSettings(release, { ENABLE_LOBBI: true });
  assert.match(typo?.fix ?? '', 'Did you mean ENABLE_LOBBY');
  const [gone] = checkSettings(release, { ENABLE_SCTP: true });
  assert.is(gone?.what, 'stable-11146 removed ENABLE_SCTP.');
});

test('changes are told to those who go there, and to nobody who is there', async () => {
  const names = async (from: string, to: string) =>
    (await knownChanges(from, to)).changes
      .filter(({ since }) => since === 'stable-11248')
      .flatMap(({ names: all }) => all);
  assert.ok((await names('stable-11146-2', 'stable-11248')).includes('ENABLE_MESSAGE_MODERATION'));
  assert.ok((await names('stable-11031', 'stable-12001')).includes('ENABLE_MESSAGE_MODERATION'));
  assert.equal(await names('stable-11248', 'stable-12001'), []);
  assert.equal(await names('stable-11031', 'stable-11146-2'), []);
});

test('bitrates have no effect before the release that obeys them', async () => {
  const services = new Set(['web', 'prosody', 'jicofo', 'jvb']);
  const idle = async (tag: string) =>
    idleSetting(await findRelease(tag), services, 'VIDEOQUALITY_BITRATE_VP9_FULL')?.what;
  assert.match((await idle('stable-11146-2')) ?? '', 'has no effect before stable-11248');
  assert.is(await idle('stable-11248'), undefined);
});

test('adoption keeps what is known to be read, and says of the rest that it is not known', async () => {
  const compose = jitsiBeside('', '', 'stable-11248').replace(
    'PUBLIC_URL',
    'ENABLE_ICE_RESTART: 1\n      ENABLE_HOLOGRAMS: 1\n      PUBLIC_URL',
  );
  await proposed({ 'compose.yaml': compose }, ({ answers, settings, unplaced }) => {
    assert.is(answers.release, 'stable-11248');
    assert.is(settings.get('ENABLE_ICE_RESTART')?.value, true);
    const [one] = unplaced;
    assert.is(one?.name, 'ENABLE_HOLOGRAMS');
    assert.match(one?.what ?? '', /^Whether stable-11248 reads ENABLE_HOLOGRAMS is not known/);
  });
});

test.run();
