import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import { run } from '../../src/cli/run.ts';
import { loadStages } from '../../src/cli/stages.ts';
import { formatLock, parseLock } from '../../src/sync/lock/lock.ts';
import { desk } from './stand-ins.ts';

let folder = '';
const identity = suite('the name of a stack stays its own');
identity.before.each(async () => {
  folder = mkdtempSync(join(tmpdir(), 'identity-'));
});
identity.after.each(() => rmSync(folder, { recursive: true }));

const read = (name: string) => readFileSync(join(folder, name), 'utf8');
const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
const answers = () => JSON.parse(read('jitsi-stack.json'));
const edit = (change: object) =>
  write('jitsi-stack.json', JSON.stringify({ ...answers(), ...change }));

/** Everything is real, the writing too. */
async function call(...words: string[]): Promise<string> {
  const there = { ...desk(folder), stages: loadStages };
  const code = await run(['.', '--yes', '--no-git', ...words], there);
  assert.is(code, 0, there.said());
  return there.said() + there.printed();
}
const make = (...words: string[]) =>
  call('--domain', 'meet.alt.example', '--certificates', 'self-signed', ...words);

/** What Docker goes by. */
function running(): { name: string; bridge: string } {
  const { name, networks } = parse(read('compose.yaml'));
  const bridge = networks['meet.jitsi'].driver_opts['com.docker.network.bridge.name'];
  assert.match(read('stack'), new RegExp(`^project=['"]?${name}['"]?$`, 'm'));
  return { name, bridge };
}

/** Makes the stack one that a version without these two answers has written. */
function age(): void {
  const { name: _, ...kept } = answers();
  const { bridge: __, ...network } = kept.network;
  const text = `${JSON.stringify({ ...kept, network }, null, 2)}\n`;
  write('jitsi-stack.json', text);
  const lock = parseLock(read('jitsi-stack.lock'));
  const files = [...lock.files].map(([path, file]) => ({
    path,
    kind: file.kind,
    executable: file.executable,
    text: path === 'jitsi-stack.json' ? text : (file.text ?? ''),
  }));
  write('jitsi-stack.lock', formatLock({ files, tool: lock.tool, release: lock.release }, lock));
}

identity('whatever becomes of the domain, by flag or by hand', async () => {
  await make();
  const first = running();
  assert.is(first.name, 'meet-alt-example');
  assert.equal([answers().name, answers().network.bridge], [first.name, first.bridge]);
  const said = (await call('--domain', 'meet.neu.example')).replace(/\s+/g, ' ');
  assert.match(said, 'What else these answers mean');
  assert.match(said, 'Point turn.meet.neu.example at the server');
  assert.not.match(await call(), 'What else');
  assert.equal(running(), first);
  assert.is(answers().turn.domain, 'turn.meet.neu.example');
  edit({ domain: 'meet.third.example' });
  await call();
  assert.equal(running(), first);
  assert.is(answers().turn.domain, 'turn.meet.third.example');
  assert.match(read('nginx/meet.conf'), 'server_name meet.third.example;');
});

identity('a relay’s name that was chosen is kept, and so is one that is given again', async () => {
  await make('--turn-domain', 'relay.example');
  edit({ domain: 'meet.neu.example' });
  await call();
  assert.is(answers().turn.domain, 'relay.example');
  await call('--domain', 'meet.alt.example', '--turn-domain', 'turn.meet.alt.example');
  await call('--domain', 'meet.neu.example', '--turn-domain', 'turn.meet.alt.example');
  assert.is(answers().turn.domain, 'turn.meet.alt.example');
  await call('--domain', 'meet.third.example');
  assert.is(answers().turn.domain, 'turn.meet.alt.example');
});

identity(
  'an older stack keeps those of its compose.yaml, also when its domain changes',
  async () => {
    await make('--network-bridge', 'jitsi0');
    age();
    edit({ domain: 'meet.neu.example' });
    await call();
    assert.equal(running(), { name: 'meet-alt-example', bridge: 'jitsi0' });
    assert.is(answers().name, 'meet-alt-example');
    assert.is(answers().turn.domain, 'turn.meet.neu.example');
  },
);

identity('an older stack: without compose.yaml those of the last update', async () => {
  await make('--network-bridge', 'jitsi0');
  age();
  rmSync(join(folder, 'compose.yaml'));
  const { printed } = await preview('--domain', 'meet.neu.example');
  assert.match(printed, '"name": "meet-alt-example"');
  assert.match(printed, '"bridge": "jitsi0"');
});

identity('an older stack whose owner has named it keeps that name', async () => {
  await make('--network-bridge', 'jitsi0');
  age();
  write('compose.yaml', read('compose.yaml').replace('name: meet-alt-example', 'name: ours'));
  await call();
  assert.is(answers().name, 'ours');
  assert.is(running().name, 'ours');
});

identity('what Compose reads from .env comes first', async () => {
  await make('--network-bridge', 'jitsi0');
  age();
  appendFileSync(join(folder, '.env'), 'COMPOSE_PROJECT_NAME="From.-Env"\n');
  await call();
  assert.is(answers().name, 'from-env');
});

identity('two stacks on one server have two names and two bridges', async () => {
  await make();
  const first = running();
  rmSync(folder, { recursive: true });
  folder = mkdtempSync(join(tmpdir(), 'identity-'));
  await call('--domain', 'meet.neu.example', '--certificates', 'self-signed');
  const second = running();
  assert.is.not(second.name, first.name);
  assert.is.not(second.bridge, first.bridge);
});

identity('a name that Compose or Linux would refuse is refused', async () => {
  const there = { ...desk(folder), stages: loadStages };
  const words = ['.', '--yes', '--domain', 'meet.example.org', '--certificates', 'self-signed'];
  assert.is(
    await run([...words, '--name', 'Meet', '--network-bridge', 'far-too-long-a-name'], there),
    2,
  );
  assert.match(there.said(), '“Meet” cannot be the name of a Compose project.');
  assert.match(there.said().replace(/\s+/g, ' '), '15 characters at most');
});

async function preview(...words: string[]) {
  const there = { ...desk(folder), stages: loadStages };
  await run(['.', '--yes', '--no-git', '--json', '--dry-run', ...words], there);
  return {
    printed: JSON.stringify(JSON.parse(there.printed()).plan.answers).replaceAll(':', ': '),
  };
}

identity.run();
