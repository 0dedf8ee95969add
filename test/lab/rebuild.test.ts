import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { executable } from '../programs/executable.ts';
import { unable } from '../programs/needs.ts';
import { missingParts } from './possible.ts';
import { account } from './rebuild/registry.ts';
import { openScene, type Scene } from './rebuild/scene.ts';
import { timed, Undo } from './session.ts';

const missing =
  (await missingParts()) ??
  (executable('docker-registry') ? undefined : 'lab: docker-registry not installed');
const lab = suite('lab, images built anew');
const step = missing === undefined ? lab : unable(lab, missing);

const undo = new Undo();
const narrate = timed(console.log);
let scene: Scene;

step.before(async () => {
  scene = await openScene(undo, narrate);
});
step.after(() => undo.all());

const succeeds = async (script: string, more?: NodeJS.ProcessEnv) => {
  narrate(script);
  const { code, stderr } = await scene.does(script, more);
  assert.is(code, 0, stderr);
  return stderr;
};
const fails = async (script: string, why: RegExp, more?: NodeJS.ProcessEnv) => {
  narrate(script);
  const { code, stderr } = await scene.does(script, more);
  assert.is(code, 1, stderr);
  assert.match(stderr, why);
};

step('what is built, becomes healthy, opens a page and relays is published', async () => {
  await succeeds('build.sh');
  await fails('publish.sh', /have not passed/, account);
  await succeeds('trial.sh');
  await fails('publish.sh', /have not passed/, account);
  await succeeds('scan.sh');
  await fails('publish.sh', /does not accept/, { ...account, REGISTRY_TOKEN: 'wrong' });
  await succeeds('publish.sh', account);
  await succeeds('join.sh', account);
  assert.match((await scene.tags('nginx')).join(' '), /^1.30 1.30-\d{8} 1.30-next-a/);
});

step('an image that does not become healthy is never tagged', async () => {
  const before = await scene.digest('web', 'stable-11146-2');
  assert.match(before, /^sha256:/);
  await scene.publishes('ghcr.io/jitsi/web:stable-11146-2', 'RUN rm /etc/lab/config-js');
  await succeeds('build.sh');
  await fails('trial.sh', /web is .*do not become healthy/s, { TRIAL_TIMEOUT: '60' });
  await fails('publish.sh', /have not passed/, account);
  assert.is(await scene.digest('web', 'stable-11146-2'), before);
  await scene.publishes(
    'ghcr.io/jitsi/web:stable-11146-2',
    'RUN echo >/etc/vulnerable CVE-1 CRITICAL',
  );
});

step('an image with a known vulnerability is never tagged', async () => {
  await succeeds('build.sh');
  await fails('scan.sh', /CVE-1 CRITICAL.*Not used.*meet\/web/s);
  await fails('publish.sh', /have not passed/, account);
});

const release = 'stable-11146-2';
const refresh = async (...more: string[]) => {
  narrate(`./stack refresh ${more.join(' ')}`);
  const env = {
    ...scene.environment(),
    STACK_PAUSE: '1',
    STACK_TIMEOUT: '60',
    STACK_PATIENCE: '30',
  };
  return scene.stack.tryScript(['refresh', ...more], { env });
};
const containers = async () =>
  Object.fromEntries((await scene.stack.containers()).map(({ service, id }) => [service, id]));
const bridge = (...words: string[]) =>
  scene.stack.compose(['exec', '-T', 'jvb', 'curl', '-sS', ...words]);

step('the server takes what has passed, and nothing where there is nothing newer', async () => {
  narrate('./stack up');
  await scene.stack.script(['up']);
  // Where Compose built one at the first start, what has passed takes its place.
  const first = await refresh();
  assert.is(first.code, 0, first.stderr);
  const before = await containers();
  const { code, stderr } = await refresh();
  assert.is(code, 0, stderr);
  assert.match(stderr, 'Everything runs the newest images');
  assert.equal(await containers(), before);
});

step('a meeting goes on while newer images wait; then what has changed starts anew', async () => {
  const before = await containers();
  await scene.brings(`jvb:${release}`, 'RUN echo newer >/etc/newer\nUSER s6');
  await bridge('-X', 'POST', 'http://127.0.0.1:8080/offer');
  const refreshed = refresh();
  // Time enough to exchange it, if nobody met; what it says below proves that it was ready to.
  await new Promise((wake) => setTimeout(wake, 12_000));
  assert.equal(await containers(), before);
  await bridge('-X', 'POST', 'http://127.0.0.1:8080/leave');
  const { code, stderr } = await refreshed;
  assert.is(code, 0, stderr);
  assert.match(stderr, /Waiting for 1 meetings/);
  const after = await containers();
  assert.is.not(after.jvb, before.jvb);
  assert.equal({ ...after, jvb: '' }, { ...before, jvb: '' });
  assert.match(await scene.stack.compose(['exec', '-T', 'jvb', 'cat', '/etc/newer']), 'newer');
});

step('an image that does not become healthy here goes back, and is not tried again', async () => {
  const before = await scene.images();
  await scene.brings(`web:${release}`, 'RUN rm /etc/lab/config-js\nUSER s6');
  const { code, stderr } = await refresh();
  assert.is(code, 1, stderr);
  assert.match(stderr, /web is .*going back.*everything is healthy/s);
  assert.equal(await scene.images(), before);
  const again = await refresh();
  assert.is(again.code, 0, again.stderr);
  assert.match(again.stderr, 'did not become healthy here');
  assert.equal(await scene.images(), before);
  // People may meet again.
  assert.match(
    await bridge(
      '-o',
      '/dev/null',
      '-w',
      '%{http_code}',
      '-X',
      'POST',
      'http://127.0.0.1:8080/offer',
    ),
    '200',
  );
  await bridge('-X', 'POST', 'http://127.0.0.1:8080/leave');
});

step('the owner goes back to the images of before', async () => {
  const { code, stderr } = await refresh('--rollback');
  assert.is(code, 0, stderr);
  const { stdout } = await scene.stack.tryCompose(['exec', '-T', 'jvb', 'cat', '/etc/newer']);
  assert.is(stdout, '');
});

lab.run();
