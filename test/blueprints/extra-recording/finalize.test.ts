import { spawn, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { renderedOf } from '../../matrix/stack.ts';
import { needs } from '../../programs/needs.ts';

const finalizing = suite<{ folder: string }>('the end of a recording');
const test = await needs(finalizing, 'host:ffmpeg');

const { files } = await renderedOf({
  domain: 'meet.example.org',
  network: { publicAddresses: ['203.0.113.7'] },
  certificates: { source: 'own' },
  auth: { mode: 'internal' },
  extras: ['recording'],
  host: { memory: 16384 },
});
const root = mkdtempSync(join(tmpdir(), 'finalize-'));
const script = join(root, 'finalize.sh');
writeFileSync(script, files.find(({ path }) => path === 'jitsi/jibri/finalize.sh')?.text ?? '');
finalizing.after(() => rmSync(root, { recursive: true }));

finalizing.before.each((context) => {
  context.folder = join(root, 'session');
  rmSync(context.folder, { recursive: true, force: true });
  mkdirSync(context.folder);
});

/** Pictures and sound as Jibri has ffmpeg write them, until nobody is there any more to end the file. */
async function killed(file: string, format: 'matroska' | 'mp4') {
  const picture = ['-re', '-f', 'lavfi', '-i', 'testsrc=size=320x180:rate=30'];
  const sound = ['-f', 'lavfi', '-i', 'sine=frequency=440'];
  const codecs = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-c:a', 'aac'];
  const words = ['-v', 'error', '-y', ...picture, ...sound, ...codecs, '-f', format, file];
  const recorder = spawn('ffmpeg', words, { stdio: 'ignore' });
  const gone = new Promise((resolve) => recorder.once('exit', resolve));
  // Matroska is written in clusters of five seconds; mp4 only has its index at the end.
  while (!existsSync(file) || statSync(file).size < 60_000)
    await new Promise((resolve) => setTimeout(resolve, 200));
  recorder.kill('SIGKILL');
  await gone;
}

/** Its length in seconds; undefined for what no player opens. */
function length(file: string): number | undefined {
  const words = ['-v', 'error', '-show_entries', 'format=duration', '-of', 'csv=p=0', file];
  const { status, stdout } = spawnSync('ffprobe', words, { encoding: 'utf8' });
  return status === 0 ? Number(stdout) : undefined;
}

const finalize = (folder: string) => spawnSync('sh', [script, folder], { encoding: 'utf8' });

test('what was killed in Matroska becomes an mp4 that plays, for nobody but its owner', async ({
  folder,
}) => {
  writeFileSync(join(folder, 'metadata.json'), '{}', { mode: 0o644 });
  await killed(join(folder, 'weekly.mkv'), 'matroska');
  const { status, stderr } = finalize(folder);
  assert.is(status, 0, stderr);
  assert.equal(readdirSync(folder).sort(), ['metadata.json', 'weekly.mp4']);
  assert.ok((length(join(folder, 'weekly.mp4')) ?? 0) > 1);
  assert.is(statSync(folder).mode & 0o777, 0o700);
  for (const name of readdirSync(folder))
    assert.is(statSync(join(folder, name)).mode & 0o777, 0o600);
  assert.is(finalize(folder).status, 0, 'once more changes nothing');
});

test('an mp4 that was killed cannot be played, which is why recordings are none', async ({
  folder,
}) => {
  const file = join(folder, 'weekly.mp4');
  await killed(file, 'mp4');
  assert.is(length(file), undefined);
});

test('what cannot be read stays as it is, and is said', ({ folder }) => {
  writeFileSync(join(folder, 'weekly.mkv'), 'no film');
  const { status, stderr } = finalize(folder);
  assert.is(status, 1);
  assert.match(stderr, 'weekly.mkv could not be made an mp4, and stays as it is.');
  assert.equal(readdirSync(folder), ['weekly.mkv']);
});

finalizing.run();
