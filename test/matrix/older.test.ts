import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { StackError } from '../../src/errors.ts';
import { composeConfig } from '../programs/compose.ts';
import { needs } from '../programs/needs.ts';
import { nginxTest } from '../programs/nginx.ts';
import { shellCheck } from '../programs/shell.ts';
import { combinations } from './combinations.ts';
import { onDisk } from './directory.ts';
import { refused, type Unit } from './judged.ts';
import { renderedOf } from './stack.ts';

const older = suite('the real programs accept older releases');

/** One for each kind of image: without and with a shell in prosody, the last one with a root init, the first without. */
const releases = ['stable-9823', 'stable-10710', 'stable-11031', 'stable-11146'];
const chosen = combinations.filter((_, index) => index % 60 === 0);
const stacks = (
  await Promise.all(
    releases.flatMap((release) =>
      chosen.map(async ({ name, raw }) => {
        const answers = {
          ...raw,
          release,
          // The bridge's WebSocket where there is one: it has a way of its own through the edge.
          ...(release !== 'stable-11146' && { settings: { ENABLE_COLIBRI_WEBSOCKET: true } }),
        };
        const stack = await renderedOf(answers).catch(unlessRefused);
        return stack ? [{ name: `${release}, ${name}`, stack }] : [];
      }),
    ),
  )
).flat();
assert.ok(stacks.length > releases.length, 'too little is left to judge');

/** A feature that an older release cannot have is refused; nothing else may be. */
function unlessRefused(error: unknown): undefined {
  if (error instanceof StackError && error.problems.every(({ answer }) => answer === 'release'))
    return undefined;
  throw error;
}

async function judgeAll(
  paths: readonly string[],
  judge: (directory: string) => Promise<{ ok: boolean; output: string }>,
) {
  // A stack behind a proxy of its owner's has no nginx/ of its own.
  const having = stacks.filter(({ stack }) =>
    stack.files.some(({ path }) => paths.some((start) => path.startsWith(start))),
  );
  assert.ok(having.length > 0, `no stack has ${paths.join(', ')}`);
  const units: Unit[] = having.map((one) => ({ ...one, paths }));
  const problems = await refused(units, async ({ stack }) => {
    const { directory, remove } = await onDisk(stack, (path) =>
      paths.some((start) => path.startsWith(start)),
    );
    try {
      return await judge(directory);
    } finally {
      remove();
    }
  });
  assert.is(problems.slice(0, 3).join('\n\n'), '', `${problems.length} refused`);
}

(await needs(older, 'docker-compose'))('Docker Compose', () =>
  judgeAll(['compose.yaml'], composeConfig),
);

(await needs(older, 'nginx'))('nginx', () => judgeAll(['nginx/'], nginxTest));

(await needs(older, 'sh', 'shellcheck'))('the shell and shellcheck', async () => {
  for (const path of ['stack', 'scripts/prepare.sh', 'scripts/as-user.sh'])
    await judgeAll([path], (directory) => shellCheck(directory, path));
});

older.run();
