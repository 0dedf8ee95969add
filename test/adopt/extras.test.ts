import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { stopOld } from '../../src/adopt/stop-old.ts';
import { upstream, usualEnv } from './installations.ts';
import { proposed } from './proposed.ts';

const test = suite('adopt: what meetings have besides');

const board = `services:
  whiteboard:
    image: jitsi/excalidraw-backend:21
    networks: { meet.jitsi: { aliases: [whiteboard.meet.jitsi] } }
  wiki: { image: wiki:1 }
`;
const files = {
  ...upstream(`${usualEnv}WHITEBOARD_COLLAB_SERVER_URL_BASE=http://whiteboard.meet.jitsi\n`),
  'docker-compose.override.yml': board,
};

test('its whiteboard becomes the stack’s, and where its container was is no setting', async () => {
  await proposed(files, ({ answers, inferred, settings, unplaced }) => {
    assert.equal(answers.extras, ['whiteboard']);
    const found = inferred.find(({ answer }) => answer === 'extras');
    assert.is(found?.evidence[0]?.file, 'docker-compose.override.yml');
    assert.not([...settings.keys()].some((name) => name.startsWith('WHITEBOARD')));
    assert.equal(
      unplaced.filter(({ name }) => /whiteboard/i.test(name)),
      [],
    );
  });
});

test('the old one is stopped where the stack has its own, and stays where it has not', async () => {
  await proposed(files, (proposal, installation) => {
    const adoption = { named: 'old', installation, proposal, inPlace: false };
    const command = (extras: readonly string[]) => {
      const chosen = { edge: { proxy: 'nginx' }, turn: { mode: 'none' }, extras };
      return stopOld(adoption, chosen).command ?? '';
    };
    assert.match(command(['whiteboard']), / whiteboard\b/);
    assert.not.match(command([]), / whiteboard\b/);
    assert.not.match(command(['whiteboard']), 'wiki');
  });
});

test('a board elsewhere stays a setting', async () => {
  const name = 'WHITEBOARD_COLLAB_SERVER_PUBLIC_URL';
  await proposed(upstream(`${usualEnv}${name}=https://boards.example.org\n`), ({ answers }) => {
    assert.is(answers.extras, undefined);
    assert.is((answers.settings as Record<string, unknown>)[name], 'https://boards.example.org');
  });
});

test.run();
