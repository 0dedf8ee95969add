import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { composeConfig } from '../programs/compose.ts';
import { coturnStart } from '../programs/coturn.ts';
import { haproxyCheck } from '../programs/haproxy.ts';
import { needs } from '../programs/needs.ts';
import { nginxTest } from '../programs/nginx.ts';
import { shellCheck } from '../programs/shell.ts';
import { onDisk } from './directory.ts';
import { planOf, renderedOf } from './stack.ts';

const names = suite('names of any legal length');

const label = (letter: string) => letter.repeat(63);
/** A name of so many characters, its labels as long as they may be. */
function nameOf(length: number): string {
  const longest = [label('a'), label('b'), label('c'), 'd'.repeat(53), 'example'].join('.');
  return longest.slice(-length).replace(/^\./, 'm');
}

/**
 * nginx takes 46 by itself; a certificate's common name has 64 at most; below 249 there is no room for the relay's label;
 * 253 is the longest name that there is.
 */
const lengths = [46, 47, 65, 249, 253];
const edges = {
  nginx: { edge: { proxy: 'nginx' }, turn: { mode: 'coturn', share443: true } },
  haproxy: { edge: { proxy: 'haproxy', clientAddress: 'go-mmproxy' } },
  external: { edge: { proxy: 'external', flavour: 'nginx' } },
};
const network = { exposure: 'public', publicAddresses: ['203.0.113.7'] };
const stacks = await Promise.all(
  lengths.flatMap((length) =>
    Object.entries(edges).map(async ([edge, answers]) => ({
      title: `${edge}, ${length} characters`,
      stack: await renderedOf({
        ...{ domain: nameOf(length), network, certificates: { source: 'own' } },
        ...answers,
      }),
    })),
  ),
);

async function judgeAll(
  folder: string,
  judge: (directory: string) => Promise<{ ok: boolean; output: string }>,
  least = 0,
) {
  let judged = 0;
  for (const { title, stack } of stacks) {
    if (stack.plan.answers.domain.length < least) continue;
    if (!stack.files.some(({ path }) => path.startsWith(folder))) continue;
    const { directory, remove } = await onDisk(stack);
    try {
      const { ok, output } = await judge(directory);
      assert.ok(ok, `${title}\n${output}`);
    } finally {
      remove();
    }
    judged++;
  }
  assert.ok(judged >= lengths.filter((length) => length >= least).length, `only ${judged} judged`);
}

names('that lego could not keep a certificate under are refused with a way on', async () => {
  const acme = (length: number) =>
    planOf({
      ...{ domain: nameOf(length), network },
      certificates: { source: 'acme', email: 'ops@example.org' },
    });
  assert.ok(await acme(244));
  const said = await acme(245).catch((error) => error.message);
  assert.match(said, 'lego, which fetches the certificate, takes names of 244 characters at most.');
  assert.match(said, '--certificates own');
});

names('are as long as they are meant to be, and the relay’s is legal too', () => {
  for (const length of lengths) assert.is(nameOf(length).length, length);
  for (const { stack } of stacks) {
    const relay = String(stack.plan.answers.turn.domain);
    assert.ok(relay.length <= 253 && relay !== stack.plan.answers.domain, relay);
  }
});

(await needs(names, 'nginx'))('nginx', () => judgeAll('nginx/', nginxTest));

(await needs(names, 'haproxy'))('HAProxy', () => judgeAll('haproxy/', haproxyCheck));

(await needs(names, 'turnserver', 'root'))('coturn', () =>
  judgeAll('coturn/', (directory) => coturnStart(directory, network.publicAddresses)),
);

(await needs(names, 'docker-compose'))('Docker Compose', () =>
  judgeAll('compose.yaml', composeConfig, 253),
);

(await needs(names, 'sh', 'shellcheck'))('the shell', async () => {
  for (const path of ['stack', 'scripts/prepare.sh'])
    await judgeAll(path, (directory) => shellCheck(directory, path), 253);
});

names.run();
