import { readdirSync, utimesSync } from 'node:fs';
import path from 'node:path';
import { loadRelease, newestRelease } from '../../../src/releases/index.ts';
import { answersFor } from '../answers.ts';
import { type Check, ensure, same } from '../check.ts';
import { answer } from '../owner.ts';
import { until } from '../process.ts';
import type { Lab } from '../session.ts';

const { jibri } = (await loadRelease(newestRelease)).services;
const api = 'http://127.0.0.1:2222/jibri/api/v1.0';

/** What the recorder's API says, asked inside its container: nobody else gets at it. */
async function asked(lab: Lab, id: string, ...words: string[]): Promise<string> {
  return lab.stack.docker(['exec', id, 'curl', '-fsS', ...words]);
}

async function begin(lab: Lab, id: string, session: string): Promise<void> {
  await asked(lab, id, '--data', JSON.stringify({ sessionId: session }), `${api}/startService`);
  const size = `find /storage/recordings/${session} -name '*.mkv' -size +4k | grep -q .`;
  await until('something is recorded', 60, () =>
    lab.stack.docker(['exec', id, 'sh', '-c', size]).then(
      () => true,
      () => false,
    ),
  );
}

async function recorders({ stack }: Lab): Promise<string[]> {
  return (await stack.containers()).flatMap(({ service, id }) => (service === 'jibri' ? id : []));
}

async function recorder(lab: Lab): Promise<string> {
  const [one] = await recorders(lab);
  ensure(one, 'there is no recorder');
  return one;
}

/** Makes a recording as old as that, as far as files tell. */
function age({ stack }: Lab, session: string, hours: number): void {
  const folder = path.join(stack.directory, 'data/recordings', session);
  const then = new Date(Date.now() - hours * 3_600_000);
  for (const file of readdirSync(folder)) utimesSync(path.join(folder, file), then, then);
  utimesSync(folder, then, then);
}

/** What was recorded can be fetched and played, and only the owner of the server gets at it. */
async function finished(lab: Lab, session: string): Promise<void> {
  const list = await lab.stack.script(['recordings']);
  const file = new RegExp(`${session}/\\S+\\.mp4`).exec(list)?.[0];
  ensure(file && !list.includes('not finished'), list);
  const fetched = await lab.stack.script(['recordings', 'get', file]);
  ensure(fetched.slice(4, 8) === 'ftyp', `no mp4: ${fetched.slice(0, 40)}`);
  const inside = ['exec', await recorder(lab)];
  const words = ['-v', 'error', '-show_entries', 'format=duration', '-of', 'csv=p=0'];
  const place = `/storage/recordings/${file}`;
  const duration = await lab.stack.docker([...inside, 'ffprobe', ...words, place]);
  ensure(Number(duration) > 0, `${file} lasts ${duration}`);
  const modes = await lab.stack.docker([
    ...inside,
    ...['stat', '-c', '%a', `/storage/recordings/${session}`, place],
  ]);
  same(modes.trim().split('\n'), ['700', '600'], 'who may read the recording');
}

/** The owner wants recordings on a stack that runs, changes his mind about them, and gives them up again. */
export const recording: Check = {
  name: 'recording: on, cut, finished, changed and off on the running stack',
  services: ['jibri', 'prosody'],
  topologies: ['public'],
  edges: ['nginx'],
  long: true,
  images: jibri ? [jibri.image] : [],
  async run(lab) {
    const { stack, world, edge } = lab;
    const answers = answersFor(world, edge);
    const wanted = { ...answers, host: { memory: 16384 }, extras: ['recording'] };
    await answer(lab, wanted);
    await stack.script(['up']);
    for (const line of ['joined jibribrewery', 'the page opens with 200'])
      await until(`the recorder says: ${line}`, 60, async () =>
        (await stack.logs('jibri')).includes(line),
      );
    const first = await recorder(lab);
    await begin(lab, first, 'one');

    // Another answer while it records: everything but the recorder follows.
    const more = { ...wanted, livestreaming: {}, extras: ['recording', 'livestreaming'] };
    await answer(lab, more);
    const said = await stack.script(['up']);
    ensure(said.includes('jibri stays as it is'), said);
    same(await recorders(lab), [first], 'the recorder in a meeting');
    await answer(lab, { ...more, recording: { days: 7 } });
    const { code, stderr } = await stack.tryScript(['upgrade', '--yes']);
    ensure(code === 1 && stderr.includes('is being recorded'), `upgrade: ${code} ${stderr}`);

    // Cut off: what there is of it is finished later.
    await stack.script(['down']);
    await stack.script(['up']);
    same((await recorders(lab)).length, 2, 'recorders, with one for streams');
    const left = await stack.script(['recordings']);
    ensure(/one\/\S+\.mkv {2}\(not finished\)/.test(left), left);
    age(lab, 'one', 1);

    // The disk of this stack has 48 MB: what is recorded is ended, and nothing is lost.
    await begin(lab, await recorder(lab), 'two');
    const tidied = await stack.tryScript(['recordings', 'tidy']);
    same(tidied.code, 1, 'tidy on a disk without room');
    const words = tidied.stdout + tidied.stderr;
    ensure(words.includes('Finished the recording in one'), words);
    ensure(words.includes('a full disk stops accounts too'), words);
    for (const session of ['one', 'two']) await finished(lab, session);

    age(lab, 'one', 8 * 24);
    const deleted = await stack.tryScript(['recordings', 'tidy']);
    ensure(deleted.stderr.includes('Deleted after 7 days: one'), deleted.stdout + deleted.stderr);
    const recordings = path.join(stack.directory, 'data/recordings');
    same(readdirSync(recordings), ['two'], 'what is left after 7 days');

    await answer(lab, answers);
    await stack.script(['up']);
    same(await recorders(lab), [], 'recorders, switched off');
    same(readdirSync(recordings), ['two'], 'what was recorded, switched off');
    return 'left alone by up while it records, finished after a cut and before the disk is full, deleted in time; off again, and kept';
  },
};
