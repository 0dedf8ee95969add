import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { executable } from '../programs/executable.ts';
import { unable } from '../programs/needs.ts';
import { missingParts } from './possible.ts';
import { account } from './rebuild/registry.ts';
import { openScene, type Scene } from './rebuild/scene.ts';
import { Undo } from './session.ts';

const missing =
  (await missingParts()) ??
  (executable('docker-registry') ? undefined : 'lab: docker-registry not installed');
const lab = suite('lab, images built anew');
const step = missing === undefined ? lab : unable(lab, missing);

const undo = new Undo();
const began = Date.now();
const narrate = (what: string) =>
  console.log(`${Math.round((Date.now() - began) / 1000)} s  ${what}`);
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
  assert.match((await scene.tags('nginx')).join(' '), /^1.28 1.28-\d{8} 1.28-next-a/);
});

step('an image that does not become healthy is never tagged', async () => {
  const before = await scene.digest('web', 'stable-11146-2');
  assert.match(before, /^sha256:/);
  await scene.publishes('ghcr.io/jitsi/web:stable-11146-2', 'RUN rm /etc/lab/config-js');
  await succeeds('build.sh');
  await fails('trial.sh', /web is .*do not become healthy/s);
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

lab.run();
