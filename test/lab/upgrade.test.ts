import { spawn } from 'node:child_process';
import { readdirSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { unable } from '../programs/needs.ts';
import { domain } from './answers.ts';
import { missingParts } from './possible.ts';
import { until } from './process.ts';
import { timed, Undo } from './session.ts';
import { adoptOldFolder } from './upgrade/adopted.ts';
import { marks, override, running, secrets, settleIn } from './upgrade/owner.ts';
import { newer, older, openScene, type Scene } from './upgrade/scene.ts';

const missing = await missingParts();
const lab = suite(`lab, ${older} to ${newer}`);
const step = missing === undefined ? lab : unable(lab, missing);

const undo = new Undo();
const narrate = timed(console.log);
let scene: Scene;
let kept: readonly string[] = [];
const ada = { username: 'ada', password: 'a "quoted" pass ü' };
const account = 'data/prosody/data/meet%2ejitsi/accounts/ada.dat';

step.before(async () => {
  scene = await openScene(undo, narrate);
});
step.after(() => undo.all());

/** What people notice: the page, the owner's own page and configuration, and that the password opens the door. */
async function works(): Promise<void> {
  const { internet } = scene;
  await opens();
  const get = (where: string) => internet.does('http').get(`https://${domain}${where}`);
  assert.is((await get(marks.page)).body, 'kept\n');
  assert.match((await get('/config.js')).body, marks.config);
  assert.equal(secrets(scene), kept, 'the secrets');
}

/** The page, and that ada's password opens a room while another does not. */
async function opens(): Promise<void> {
  const { internet } = scene;
  assert.is((await internet.does('http').get(`https://${domain}/`)).status, 200);
  const xmpp = internet.does('xmpp');
  const url = `wss://${domain}/xmpp-websocket`;
  assert.match(await xmpp.login('ada', { url, domain: 'meet.jitsi', ...ada }), 'ada@meet.jitsi');
  assert.is(await xmpp.conference('ada', `room${Date.now()}@muc.meet.jitsi`), 'ready');
  await xmpp.leave('ada');
  const wrong = { ...ada, password: 'wrong' };
  const refused = await xmpp
    .login('try', { url, domain: 'meet.jitsi', ...wrong })
    .catch((error) => String(error));
  assert.match(refused, 'not-authorized');
}

const owner = () => statSync(path.join(scene.stack.directory, account)).uid;
const upgrade = async (...more: string[]) => {
  narrate(`./stack upgrade ${more.join(' ')}`);
  const outcome = await scene.stack.tryScript(['upgrade', '--yes', ...more]);
  narrate(`ended with ${outcome.code}`);
  return outcome;
};

step(
  'the older release runs with its accounts where it keeps them, and with its owner’s edits',
  async () => {
    const { stack } = scene;
    await settleIn(scene);
    kept = secrets(scene);
    narrate('./stack up');
    await stack.script(['up']);
    await stack.script(['user', 'add', ada.username], { input: `${ada.password}\n` });
    assert.is(await running(scene), older);
    const mapped = /fd28:6a69:[0-9a-f:]+::e, publicAddress=2a11:/;
    assert.match(await stack.logs('jvb'), mapped, 'the bridge’s IPv6 address in the older images');
    assert.is.not(owner(), 1000, 'the owner of the accounts in images that run as root');
    await works();
  },
);

step(
  'the update names what its owner has to look at, keeps his edits, and changes nothing that runs',
  async () => {
    const before = scene.read('.env');
    const said = await scene.update(['--release', newer]);
    assert.is(said.code, 0, said.stderr);
    const text = (said.stdout + said.stderr).replace(/\s+/g, ' ');
    for (const found of [
      /\.env, line \d+: ENABLE_SCTP/,
      /compose\.override\.yaml, line \d+: ENABLE_COLIBRI_WEBSOCKET/,
      /compose\.override\.yaml, line \d+: container port 80/,
      /nginx\/sites\/other\.conf, line 3: web:80/,
    ])
      assert.match(text, found);
    assert.match(text, '$ ./stack upgrade');
    assert.match(scene.read('nginx/meet.conf'), marks.page);
    assert.match(scene.read('compose.yaml'), 'max-size: 11m');
    assert.is(scene.read('.env'), before);
    assert.is((await scene.git(['status', '--porcelain'])).trim(), '');
    assert.is(await running(scene), older);
    const { code, stderr } = await scene.stack.tryScript(['up']);
    assert.is(code, 1);
    assert.match(stderr, './stack upgrade changes over');
  },
);

step(
  'a new release that never gets well is taken back: data, owners, page and password',
  async () => {
    // The owner corrects what the report named, and something else goes wrong.
    scene.write('compose.override.yaml', override(scene, { port: 8000, broken: true }));
    const { code, stderr } = await upgrade();
    assert.is(code, 1, stderr);
    assert.match(stderr, 'jvb is unhealthy');
    assert.match(stderr, 'The upgrade was taken back.');
    assert.is(await running(scene), older);
    assert.is.not(owner(), 1000);
    await works();
  },
);

step(
  'killed in the middle and run again, it arrives: healthy, same password, same secrets',
  async () => {
    await scene.git(['restore', '.']);
    scene.write('compose.override.yaml', override(scene, { port: 8000 }));
    await scene.git(['commit', '--all', '--message', 'Where web listens now']);
    const { directory } = scene.stack;
    const victim = spawn('./stack', ['upgrade', '--yes'], {
      cwd: directory,
      env: scene.engine.environment,
      stdio: 'ignore',
      detached: true,
    });
    const phase = () => {
      try {
        return scene.read('backups/.upgrade/phase').trim();
      } catch {
        return '';
      }
    };
    await until('the upgrade has stopped the stack', 120, () => phase() === 'apply');
    process.kill(-(victim.pid ?? 0), 'SIGKILL');
    narrate('killed');
    assert.match((await scene.stack.tryScript(['up'])).stderr, 'was cut short');
    const { code, stderr } = await upgrade();
    assert.is(code, 0, stderr);
    assert.match(stderr, `Everything is healthy with ${newer}`);
    assert.is(await running(scene), newer);
    assert.is(owner(), 1000);
    await works();
    assert.is((await scene.stack.tryScript(['status'])).code, 0);
    assert.match((await upgrade()).stderr, 'nothing to upgrade');
  },
);

step('accounts where stable-11146-1 kept them are found at the next start', async () => {
  const { stack } = scene;
  await stack.script(['down']);
  const accounts = path.join(stack.directory, 'data/prosody');
  for (const host of readdirSync(path.join(accounts, 'data')).filter((name) => /%2e/.test(name)))
    renameSync(path.join(accounts, 'data', host), path.join(accounts, host));
  await stack.script(['up']);
  await works();
  assert.not(readdirSync(accounts).some((name) => /%2e/.test(name)));
});

step('--rollback leads back to the older release, as it was', async () => {
  const { code, stderr } = await upgrade('--rollback');
  assert.is(code, 0, stderr);
  assert.is(await running(scene), older);
  await works();
});

step(
  'a folder of docker-jitsi-meet with these accounts is adopted: the same password',
  async () => {
    await scene.stack.script(['down']);
    const adopted = await adoptOldFolder(scene);
    undo.add(() => adopted.tryCompose(['down', '--timeout', '2']).then(() => {}));
    narrate('./stack up, in the adopted stack');
    await adopted.script(['up']);
    assert.is(await running(scene), older);
    await opens();
    assert.match(await adopted.script(['user', 'list']), ada.username);
    for (const name of ['JICOFO_AUTH_PASSWORD', 'JVB_AUTH_PASSWORD'])
      assert.is(adopted.secret(name), scene.stack.secret(name), name);
  },
);

lab.run();
