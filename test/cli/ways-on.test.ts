import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { StandIn } from '../answers/detect/stand-in.ts';
import { answering, type Start } from './answering.ts';
import type { Reply, Session } from './stand-ins.ts';

let folder = '';
const ways = suite('ways on and back');
ways.before.each(() => {
  folder = mkdtempSync(join(tmpdir(), 'ways-'));
});
ways.after.each(() => rmSync(folder, { recursive: true }));

const back: Reply = { back: true };
const cancel: Reply = { cancel: true };
const shortest = {
  'Which name will people type': ['meet.example.org'],
  'Where will the HTTPS certificate': ['self-signed'],
  'Who may open a room': ['internal'],
};
const home: StandIn = { interfaces: { eth0: ['192.168.10.20/24'] } };

const answer = (replies: Readonly<Record<string, readonly Reply[]>>, start?: Start) =>
  answering(folder, replies, start);

const questions = ({ asked }: Session) => asked.map(({ question }) => question);
const offered = ({ asked }: Session, words: string) =>
  asked.find(({ question }) => question.includes(words))?.offered as
    | readonly { value: string; label: string; hint?: string; disabled?: boolean }[]
    | undefined;

ways('Esc leads to the question before, which proposes what was answered', async () => {
  const { code, session, there } = await answer({
    ...shortest,
    'Where will the HTTPS certificate': ['self-signed', 'own'],
    'Who may open a room': [back, 'internal'],
  });
  assert.is(code, 0, there.said());
  const asked = session.asked.filter(({ question }) => question.includes('certificate come'));
  assert.is(asked.length, 2);
  assert.is(there.answers().certificates.source, 'own');
});

ways('Esc leads back over several questions and to the directory', async () => {
  const { code, session, there } = await answer({
    ...shortest,
    'Where should the files': ['one', 'two'],
    'Will Jitsi run': [back, true],
    'Which name will people type': ['wrong.example.org', 'meet.example.org'],
    'How will people reach this server': [back],
  });
  assert.is(code, 0, there.said());
  assert.is(there.writes.at(-1)?.directory, join(folder, 'two'));
  assert.is(there.answers().domain, 'meet.example.org');
  const looked = session.seen.filter((text) => text.startsWith('Found\n'));
  assert.is(looked.length, 2, 'the other name is looked up too');
});

ways('Esc at the plan leads to the answers, and there back to the plan', async () => {
  const { code, session } = await answer({
    ...shortest,
    'Write it?': [back, 'write'],
    'Which answer?': ['auth.mode', back],
    'Who may open a room': ['internal', back],
  });
  assert.is(code, 0);
  assert.is(questions(session).at(-1), 'Write it?');
});

ways('whoever ends the questions gets the command with the answers so far', async () => {
  for (const end of [cancel, back]) {
    const { code, there } = await answer(
      { ...shortest, 'Will Jitsi run': [true], 'Who may open a room': [end, cancel] },
      { words: ['meet', '--set', 'settings.MAX_PARTICIPANTS=40'] },
    );
    assert.is(code, 130);
    const said = there.said();
    assert.match(said, 'npx create-jitsi-stack@latest meet --host-here --domain meet.example.org');
    if (end === cancel) assert.match(said, '--certificates self-signed');
    assert.match(said, '--set settings.MAX_PARTICIPANTS=40');
    assert.match(said, 'nothing was written');
  }
});

ways('what cannot be had with the answers so far is shown with why, and not chosen', async () => {
  const { session } = await answer({ ...shortest }, { words: ['.', '--edge', 'external'] });
  const acme = offered(session, 'Where will the HTTPS certificate')?.find(
    ({ value }) => value === 'acme',
  );
  assert.ok(acme?.disabled);
  assert.match(acme?.hint ?? '', 'own proxy');
  const usual = await answer(shortest);
  assert.not(
    offered(usual.session, 'Where will the HTTPS certificate')?.some((one) => one.disabled),
  );
});

ways('a private address is refused where it is typed', async () => {
  const { session, there } = await answer(
    { ...shortest, 'Which public IP addresses': ['10.0.0.1', '203.0.113.7'] },
    { host: home },
  );
  assert.ok(session.seen.some((text) => /^wrong: 10\.0\.0\.1 is private/.test(text)));
  assert.equal(there.answers().network.publicAddresses, ['203.0.113.7']);
});

ways('firewalls that do not go together are asked again at once', async () => {
  const { code, session, there } = await answer({
    ...shortest,
    'Which firewall': [['ufw', 'firewalld'], ['ufw']],
  });
  assert.is(code, 0, there.said());
  assert.ok(session.seen.some((text) => /^warning: .*firewalld/.test(text)));
  assert.equal(there.answers().firewall, ['ufw']);
});

ways('a release, a setting or a list that does not fit can be reached and changed', async () => {
  const cases = [
    {
      words: ['--release', '11146'],
      place: 'release',
      replies: { 'Which release': ['stable-11146-2'] },
    },
    {
      words: ['--set', 'settings.FOO=1'],
      place: 'settings',
      replies: { 'Which setting?': ['FOO'], 'Its name and value': [''] },
    },
    {
      words: ['--firewall', 'ufw,firewalld'],
      place: 'firewall',
      replies: { 'Which firewall': [['ufw']] },
    },
  ];
  for (const { words, place, replies } of cases) {
    const { code, there } = await answer(
      { ...shortest, ...replies, 'do not fit together': [place] },
      { words: ['meet', ...words] },
    );
    assert.is(code, 0, `${words}: ${there.said()}`);
  }
});

ways('where something is already, or nobody can write, is refused at the question', async () => {
  mkdirSync(join(folder, 'full'));
  writeFileSync(join(folder, 'full/README.md'), 'mine');
  writeFileSync(join(folder, 'file'), '');
  const { code, session, there } = await answer({
    ...shortest,
    'Where should the files': ['full', '/proc/x', 'file', 'free'],
  });
  assert.is(code, 0, there.said());
  const wrong = session.seen.filter((text) => text.startsWith('wrong: '));
  assert.match(wrong[0] ?? '', 'README.md');
  assert.match(wrong[1] ?? '', 'Nothing can be written in /proc');
  assert.match(wrong[2] ?? '', 'a directory is needed');
  assert.equal(readdirSync(folder).sort(), ['file', 'full']);
});

ways.run();
