import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { auditAccess } from '../../src/audit/access.ts';
import type { AccessAudit } from '../../src/audit/undone.ts';
import { checkAccess } from '../../src/doctor/checks/access.ts';
import { renderedOf } from '../matrix/stack.ts';

const audit = suite('what an owner’s own files make of access');
const stack = {
  domain: 'meet.example.org',
  network: { exposure: 'public', publicAddresses: ['203.0.113.7'] },
  certificates: { source: 'own' },
};
const { plan, files } = await renderedOf({
  ...stack,
  settings: { XMPP_MUC_MODULES: 'muc_census' },
});

/** The audit of a stack that was just generated, with these files written over it. */
function audited(
  own: Readonly<Record<string, string>>,
  more?: (folder: string) => void,
  of = { plan, files },
): AccessAudit {
  const folder = mkdtempSync(join(tmpdir(), 'audit-'));
  try {
    const all = { ...Object.fromEntries(of.files.map(({ path, text }) => [path, text])), ...own };
    for (const [path, text] of Object.entries(all)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    more?.(folder);
    return auditAccess(folder, of.plan);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

audit('whose accounts count, where people sign in elsewhere, is as much a part of it', async () => {
  const auth = {
    mode: 'oidc',
    providerUrl: 'https://id.example.org/realms/staff',
    clientId: 'jitsi',
    groups: 'staff',
  };
  const elsewhere = await renderedOf({ ...stack, auth });
  const secrets = 'JWT_APP_SECRET=one\nOIDC_CLIENT_SECRET=two\n';
  const of = (text: string) =>
    audited({ '.env': secrets, 'compose.override.yaml': text }, undefined, elsewhere).undone;
  assert.equal(of('services: {}\n'), []);
  const [only, ...others] = of(
    'services:\n  oidc:\n    environment:\n      OIDC_ALLOWED_GROUPS: ""\n      HTTPS_PROXY: x\n',
  );
  assert.is(
    `${only?.path}:${only?.line} ${only?.name}`,
    'compose.override.yaml:4 OIDC_ALLOWED_GROUPS of oidc',
  );
  assert.equal(others, []);
});

const places = (own: Readonly<Record<string, string>>) =>
  audited(own).undone.map(({ path, line, name }) => `${path}:${line} ${name}`);

audit('a stack as generated is what its answers say', () => {
  assert.equal(audited({}), { undone: [], unread: [] });
});

for (const [what, own, expected] of [
  [
    'a variable in compose.override.yaml',
    {
      'compose.override.yaml':
        'services:\n  jicofo:\n    environment:\n      JICOFO_ENABLE_AUTH: "0"\n      TZ: UTC\n',
    },
    ['compose.override.yaml:4 JICOFO_ENABLE_AUTH of jicofo'],
  ],
  [
    'a file of variables that the override names',
    {
      'compose.override.yaml': 'services: { prosody: { env_file: [extra.env] } }\n',
      'extra.env': 'TZ=UTC\nPROSODY_GUEST_AUTH_TYPE=anonymous\nENABLE_AUTH=1\n',
    },
    ['extra.env:2 PROSODY_GUEST_AUTH_TYPE of prosody'],
  ],
  [
    'another value of what was decided, by way of .env',
    {
      '.env': 'OPEN=0\n',
      'compose.override.yaml':
        'services:\n  prosody:\n    environment:\n      - ENABLE_AUTH=$OPEN\n',
    },
    ['.env:1 ENABLE_AUTH of prosody'],
  ],
  [
    'modules besides those of the settings',
    {
      'compose.override.yaml':
        'services:\n  prosody:\n    environment:\n      XMPP_MUC_MODULES: muc_census,muc_allowners\n',
    },
    ['compose.override.yaml:4 “muc_allowners” in XMPP_MUC_MODULES of prosody'],
  ],
  [
    'a list that is set anew, without what stood in it',
    {
      'compose.override.yaml':
        'services:\n  prosody:\n    environment:\n      GLOBAL_MODULES: census\n      XMPP_MUC_MODULES: ""\n',
    },
    ['compose.override.yaml:4 GLOBAL_MODULES of prosody without “login_backoff”'],
  ],
  [
    'hooks of prosody and jicofo',
    {
      'jitsi/prosody/conf.d/ours.cfg.lua':
        '-- authentication\nVirtualHost "guest.meet.jitsi"\n  authentication = "anonymous"\n',
      'jitsi/prosody-plugins/mod_token_verification.lua': '-- ours\n',
      'jitsi/prosody-plugins/mod_ours.lua': 'module:log("info", "authentication = 1")\n',
      'jitsi/jicofo/custom-jicofo.conf': 'jicofo.authentication.enabled = false\n',
    },
    [
      'jitsi/prosody/conf.d/ours.cfg.lua:3 authentication',
      'jitsi/prosody-plugins/mod_token_verification.lua:1 token_verification',
      'jitsi/jicofo/custom-jicofo.conf:1 authentication',
    ],
  ],
] as [string, Record<string, string>, string[]][]) {
  audit(`finds ${what}`, () => {
    assert.equal(places(own), expected);
  });
}

audit('an edit in compose.yaml itself is found', () => {
  const compose = files.find(({ path }) => path === 'compose.yaml')?.text ?? '';
  const opened = compose.replace(/ENABLE_AUTH: \S+/, 'ENABLE_AUTH: "0"');
  assert.is.not(opened, compose);
  assert.match(places({ 'compose.yaml': opened })[0] ?? '', /^compose\.yaml:\d+ ENABLE_AUTH of /);
});

audit('what cannot be read is said, and nothing is followed or shown', () => {
  const { undone, unread } = audited({ 'compose.override.yaml': 'services: [\n' });
  assert.equal(undone, []);
  assert.match(unread[0]?.where ?? '', 'compose.override.yaml');
  const linked = audited({}, (folder) => {
    symlinkSync('/etc/passwd', join(folder, 'jitsi/prosody/x.lua'));
  });
  assert.equal(linked.undone, []);
  const secret = 'services:\n  prosody:\n    environment:\n      JWT_APP_SECRET: hunter2\n';
  const found = audited({ 'compose.override.yaml': secret });
  assert.match(found.undone[0]?.name ?? '', 'JWT_APP_SECRET');
  assert.not.match(JSON.stringify(found), 'hunter2');
});

audit('the doctor says what to do about it', () => {
  const known = { plan, vantage: 'outside', names: new Map(), authorities: [] } as const;
  const look = (access: AccessAudit) =>
    checkAccess({ ...known, at: () => [], proxyOf: () => undefined, access });
  assert.equal(
    look({ undone: [], unread: [] }).map(({ outcome }) => outcome),
    ['ok'],
  );
  const [finding] = look(audited({ 'jitsi/jicofo/x.conf': '\nauthentication { }' }));
  assert.is(finding?.outcome, 'wrong');
  assert.is(finding?.subject, 'jitsi/jicofo/x.conf, line 2');
  assert.match(finding?.fix ?? '', './stack up');
});

audit.run();
