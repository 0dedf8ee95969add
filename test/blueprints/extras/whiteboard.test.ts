import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { RawAnswers } from '../../../src/answers/complete.ts';
import { summaryText } from '../../../src/cli/report/summary.ts';
import { releaseTags } from '../../../src/releases/index.ts';
import { planOf, problemsOf } from '../../matrix/stack.ts';

const test = suite('extra: the whiteboard');

const answers = {
  domain: 'meet.example.org',
  network: { publicAddresses: ['203.0.113.7'] },
  certificates: { source: 'self-signed' },
  extras: ['whiteboard'],
} as const;

const made = (more: RawAnswers = {}) => planOf({ ...answers, ...more });
const problemsWith = (more: RawAnswers) => problemsOf({ ...answers, ...more });

test('every release gets the server that its page was made for', async () => {
  const images = new Map<string, string[]>();
  for (const release of releaseTags()) {
    // Those that break something else are refused before.
    if ((await problemsWith({ release })).length > 0) continue;
    const { services } = await made({ release });
    const image = services.find(({ name }) => name === 'whiteboard')?.image ?? '';
    images.set(image, [...(images.get(image) ?? []), release]);
  }
  assert.equal(
    [...images.keys()],
    ['jitsi/excalidraw-backend:21', 'jitsi/excalidraw-backend:2026.3.0'],
  );
  assert.is(images.get('jitsi/excalidraw-backend:2026.3.0')?.[0], 'stable-11031');
});

test('it is an unprivileged container that keeps nothing, and web leads to it', async () => {
  const plan = await made();
  const board = plan.services.find(({ name }) => name === 'whiteboard');
  assert.is(board?.user, '1000:1000');
  assert.ok(board?.readOnly && board.hardened && board.capabilities.length === 0);
  assert.equal(board?.volumes, []);
  const port = board?.environment.PORT;
  const web = plan.services.find(({ name }) => name === 'web');
  assert.is(
    web?.environment.WHITEBOARD_COLLAB_SERVER_URL_BASE,
    `http://${board?.aliases[0]}:${port}`,
  );
  assert.equal(
    plan.endpoints.filter(({ service }) => service === 'whiteboard').map(({ from }) => from),
    ['containers'],
  );
  assert.not(plan.directories.some(({ path }) => path.includes('whiteboard')));
});

test('without it nothing of it is there', async () => {
  const plan = await made({ extras: [] });
  assert.not.match(JSON.stringify(plan), 'WHITEBOARD_');
});

test('the plan says what it may take of the server, and a server that is too small is refused', async () => {
  const said = summaryText(await made({ host: { memory: 4096 } }), [], 200);
  assert.match(said, 'Moderators can open a whiteboard');
  assert.match(said, 'Of the server’s 4 GB of memory, extras may take: Whiteboard 112 MB.');
  const [problem] = await problemsWith({ host: { memory: 800 } });
  assert.is(problem?.answer, 'host.memory');
  assert.match(problem?.fix ?? '', '“Whiteboard”');
});

test('a board elsewhere and one in the stack do not go together', async () => {
  const name = 'WHITEBOARD_COLLAB_SERVER_PUBLIC_URL';
  const problems = await problemsWith({ settings: { [name]: 'https://boards.example.org' } });
  assert.ok(
    problems.some(({ answer, fix }) => answer === `settings.${name}` && fix?.includes('extras')),
    JSON.stringify(problems),
  );
});

test.run();
