import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { differing } from '../../projenrc/releases/catalogue-files.ts';
import { timeline } from '../../src/releases/data.ts';
import { releaseDates } from '../../src/releases/list.ts';
import { unpack } from '../../src/releases/timeline.ts';
import { command } from '../programs/command.ts';
import { clone, nextFacts } from '../releases/checkout.ts';

const tools = suite('maintainers’ tools');
const root = join(import.meta.dirname, '../..');
const home = mkdtempSync(join(tmpdir(), 'tools-'));
process.on('exit', () => rmSync(home, { recursive: true, force: true }));

const tags = Object.keys(releaseDates);
const newest = tags.at(-1) ?? '';
const upstream = join(home, 'docker-jitsi-meet');
clone(upstream, [await nextFacts(newest, () => {})]);

const add = (...words: string[]) =>
  command(process.execPath, ['--import', 'tsx', 'projenrc/releases/add.ts', ...words], {
    cwd: root,
  });

tools('releases:add ends in a sentence, whatever it is called with', async () => {
  for (const [words, said] of [
    [[], 'A clone of docker-jitsi-meet is needed, and the tags to read.'],
    [['--nope', upstream], "Unknown option '--nope'. There are --new and --check."],
    [[join(home, 'nowhere'), newest], 'There is no such directory.'],
    [[home, newest], 'This is not docker-jitsi-meet'],
    [[upstream, 'stable-99999'], 'It has no tag stable-99999. Fetch the tags'],
    [['--check', upstream], `It has no tag ${tags[0]}.`],
  ] as const) {
    const { code, output } = await add(...words);
    assert.is(code, 2, output);
    assert.match(output, said);
    assert.is(output.split('\n').length, 1, output);
  }
});

tools('releases:add --new says when there is none', async () => {
  const { code, output } = await add('--new', upstream);
  assert.is(code, 0, output);
  assert.match(output, `${newest} is the newest release`);
});

tools('the catalogue is what would be written of its own facts', () => {
  const releases = tags.map((tag) => unpack(timeline, tags, tag));
  assert.equal(differing(releases), []);
  assert.equal(differing(releases.slice(0, -1)), ['src/releases/list.ts', 'src/releases/data.ts']);
});

tools.run();
