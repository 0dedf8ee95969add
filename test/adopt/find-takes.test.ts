import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Takeover } from '../../src/adopt/find-takes.ts';
import { readInstallation } from '../../src/adopt/installation.ts';
import { propose } from '../../src/adopt/propose.ts';
import { selfSigned } from '../../src/secrets/self-signed.ts';
import { sections } from '../cli/stand-ins.ts';
import { needs } from '../programs/needs.ts';
import { Folder, issuedPair, upstream, usualEnv } from './installations.ts';

const test = suite('adopt: what is taken over');

const account = 'return {}\n';
const release2 = upstream(usualEnv, 'stable-11146-2')['docker-compose.yml'] ?? '';
/** The mounts of the rootless releases. */
const rootless = {
  ...upstream(usualEnv, 'stable-11146-2'),
  'docker-compose.yml': release2.replaceAll(
    /(\S+)\/prosody\/config:\/config:Z/g,
    '$1/prosody/config:/config:Z\n            - $1/storage/prosody:/var/lib/prosody:Z',
  ),
};

async function takeover(files: Readonly<Record<string, string>>): Promise<Takeover> {
  const folder = new Folder(files);
  try {
    const installation = readInstallation(folder.path, 'old');
    const found = (await propose(installation, sections)).takeover;
    const short = (text: string) => text.replaceAll(folder.path, 'OLD');
    return JSON.parse(short(JSON.stringify(found))) as Takeover;
  } finally {
    folder.remove();
  }
}

const taken = ({ takes }: Takeover) => takes.map(({ from, to }) => `${from} → ${to}`);

test('accounts of the root releases', async () => {
  const found = await takeover({
    ...upstream(usualEnv),
    'cfg/prosody/config/data/meet%2ejitsi/accounts/ada.dat': account,
    'cfg/prosody/config/data/meet%2ejitsi/accounts/bob%2eb.dat': account,
    'cfg/prosody/config/data/auth%2emeet%2ejitsi/accounts/focus.dat': account,
  });
  assert.equal(taken(found), ['OLD/cfg/prosody/config/data → data/prosody/data']);
  assert.equal(found.accounts, { 'meet.jitsi': 2 });
});

test('accounts of stable-11146-2, and those of -1 that it left behind', async () => {
  const found = await takeover({
    ...rootless,
    'cfg/prosody/config/data/meet%2ejitsi/accounts/old.dat': account,
    'cfg/storage/prosody/meet%2ejitsi/accounts/between.dat': account,
    'cfg/storage/prosody/data/meet%2ejitsi/accounts/ada.dat': account,
  });
  assert.equal(taken(found), ['OLD/cfg/storage/prosody/data → data/prosody/data']);
  assert.match(found.notes.join(), 'OLD/cfg/storage/prosody/meet%2ejitsi holds accounts');
});

test('accounts of stable-11146 and -1', async () => {
  const found = await takeover({
    ...rootless,
    'cfg/prosody/config/data/meet%2ejitsi/accounts/old.dat': account,
    'cfg/storage/prosody/meet%2ejitsi/accounts/ada.dat': account,
    'cfg/storage/prosody/data/.empty': '',
  });
  assert.equal(taken(found), ['OLD/cfg/storage/prosody → data/prosody/data']);
  assert.equal(found.takes[0]?.except, ['data']);
});

test('accounts in a volume of Docker get the command that copies them', async () => {
  const files = upstream(usualEnv);
  const compose = (files['docker-compose.yml'] ?? '').replace(/\S+\/prosody\/config:/, 'xmpp:');
  const found = await takeover({ ...files, 'docker-compose.yml': compose });
  assert.equal(found.takes, []);
  assert.match(
    found.left[0]?.command ?? '',
    /docker run .*-v xmpp:\/from:ro .* \/from\/data\/\. \/to\//,
  );
});

test('hooks with something in them, without what the images render', async () => {
  const found = await takeover({
    ...upstream(usualEnv),
    'cfg/web/custom-config.js': 'config.x = 1;\n',
    'cfg/web/custom-interface_config.js': ' \n',
    'cfg/web/nginx/meet.conf': 'rendered',
    'cfg/prosody/config/conf.d/jitsi-meet.cfg.lua': 'rendered',
    'cfg/prosody/config/conf.d/mine.cfg.lua': '-- mine',
    'cfg/prosody/prosody-plugins-custom/mod_x.lua': '-- mine',
    'cfg/jvb/custom-jvb.conf': 'videobridge {}\n',
  });
  assert.equal(taken(found), [
    'OLD/cfg/web/custom-config.js → jitsi/web/custom-config.js',
    'OLD/cfg/prosody/config/conf.d → jitsi/prosody/conf.d',
    'OLD/cfg/prosody/prosody-plugins-custom → jitsi/prosody-plugins',
    'OLD/cfg/jvb/custom-jvb.conf → jitsi/jvb/custom-jvb.conf',
  ]);
});

test('what is mounted from elsewhere on the server comes along only when its owner copies it', async () => {
  const compose = upstream(usualEnv)['docker-compose.yml'] ?? '';
  const other = new Folder({ 'ssh/id_rsa': 'a key', 'web/custom-config.js': 'config.x = 1;' });
  const found = await takeover({
    ...upstream(usualEnv),
    'docker-compose.yml': compose
      .replace(/\S+\/prosody\/prosody-plugins-custom:/, `${other.path}/ssh:`)
      .replace(/\S+\/web:\/config:/, `${other.path}/web:/config:`),
  });
  other.remove();
  assert.equal(taken(found), [`${other.path}/web/custom-config.js → jitsi/web/custom-config.js`]);
  const [one] = found.left;
  assert.match(one?.why ?? '', 'lies outside the installation and its CONFIG');
  assert.match(one?.command ?? '', `sudo cp -au '${other.path}/ssh/.' jitsi/prosody-plugins/`);
});

test('rendered files alone are nothing to take', async () => {
  const found = await takeover({
    ...upstream(usualEnv),
    'cfg/prosody/config/conf.d/jitsi-meet.cfg.lua': 'rendered',
  });
  assert.equal(found.takes, []);
});

(await needs(test, 'host:openssl'))(
  'a certificate is taken with the key that fits it, unless the image signed it itself',
  async () => {
    const [one, other] = await Promise.all([selfSigned(['a.example']), selfSigned(['b.example'])]);
    const own = await takeover({
      ...upstream(usualEnv),
      'cfg/web/keys/cert.crt': one.certificate,
      'cfg/web/keys/cert.key': one.key,
    });
    assert.equal(own.takes, [], 'a stack makes its own self-signed pair');
    const issued = await issuedPair('meet.example.org');
    const bought = await takeover({
      ...upstream(usualEnv),
      'cfg/web/keys/cert.crt': issued.certificate,
      'cfg/web/keys/cert.key': issued.key,
    });
    assert.equal(taken(bought), [
      'OLD/cfg/web/keys/cert.crt → certs/fullchain.pem',
      'OLD/cfg/web/keys/cert.key → certs/privkey.pem',
    ]);
    const mixed = await takeover({
      ...upstream(usualEnv),
      'cfg/web/keys/cert.crt': one.certificate,
      'cfg/web/keys/cert.key': other.key,
    });
    assert.equal(mixed.takes, []);
  },
);

test.run();
