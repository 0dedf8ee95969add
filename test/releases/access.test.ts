import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { deciderOf, deciders } from '../../src/access/variables.ts';
import {
  checkSettings,
  loadRelease,
  readersOf,
  releaseTags,
  type SettingValue,
} from '../../src/releases/index.ts';

const access = suite('settings that decide about access');
const newest = await loadRelease('stable-11146-2');

const refusal = (settings: Readonly<Record<string, SettingValue>>) =>
  checkSettings(newest, settings);

/** Names that sound like access and are left to the owner, each with the reason. */
const left: Readonly<Record<string, string>> = {
  ENABLE_AUTO_LOGIN: 'how long somebody who has signed in stays so',
  JICOFO_AUTH_LIFETIME: 'how long somebody who has signed in stays so',
  ENABLE_LOBBY: 'whether moderators can switch a lobby on',
  ENABLE_MODERATOR_CHECKS: 'who may record and call, where there is a recorder',
  ENABLE_AV_MODERATION: 'what moderators can do',
  DISABLE_GRANT_MODERATOR: 'an entry of the menu',
  PROSODY_RESERVATION_ENABLED: 'asks a service of the owner’s as well; nobody else gets in by it',
  PROSODY_RESERVATION_REST_BASE_URL: 'asks a service of the owner’s as well',
  PROSODY_LIMIT_MESSAGES_CHECK_TOKEN: 'how many messages somebody may send',
  PROSODY_TRUSTED_PROXIES: 'whose word about addresses counts',
  JICOFO_TRUSTED_DOMAINS: 'where recorders come from; they are not counted as participants',
  DIALOUT_AUTH_URL: 'who may call numbers',
  XMPP_AUTH_DOMAIN: 'a name, kept apart from the others',
  XMPP_GUEST_DOMAIN: 'a name, kept apart from the others',
  VISITORS_XMPP_AUTH_DOMAIN: 'a name',
  JVB_XMPP_AUTH_DOMAIN: 'a name',
  XMPP_LOBBY_MUC_MODULES: 'a list, whose modules are looked at',
  JICOFO_AUTH_PASSWORD: 'a secret',
  JVB_AUTH_PASSWORD: 'a secret',
  JVB_AUTH_USER: 'a name',
};

access('every variable of all releases that sounds like it is decided upon', async () => {
  const sounds =
    /AUTH|GUEST|OWNER|MODERAT|JWT|TOKEN|LDAP|MATRIX_|JAAS|LOBBY|ADMINS|RESERV|TRUSTED|S2S(?!_LIMIT|_PORT)/;
  const names = new Set<string>();
  for (const tag of releaseTags()) {
    for (const { name, variables } of Object.values((await loadRelease(tag)).services)) {
      if (['web', 'prosody', 'jicofo', 'jvb'].includes(name))
        for (const variable of variables.keys()) names.add(variable);
    }
  }
  const open = [...names].filter(
    (name) =>
      sounds.test(name) &&
      !deciderOf(name) &&
      !Object.hasOwn(left, name) &&
      // Without that module the limits of another server count for nobody.
      name !== 'PROSODY_DISABLE_S2S_LIMIT',
  );
  assert.equal(open, []);
  const unknown = deciders
    .flatMap((one) => one.names)
    .filter((name) =>
      name.endsWith('*')
        ? ![...names].some((one) => one.startsWith(name.slice(0, -1)))
        : !names.has(name),
    );
  assert.equal(unknown, [], 'no release reads it');
});

access(
  'each is refused in every release, whatever its value, with the answer that decides it',
  async () => {
    for (const tag of releaseTags()) {
      const release = await loadRelease(tag);
      for (const one of deciders) {
        for (const name of one.names.filter((name) => readersOf(release, name).length > 0)) {
          for (const value of [true, false, 'internal']) {
            const [problem] = checkSettings(release, { [name]: value });
            assert.is(problem?.answer, `settings.${name}`);
            assert.match(problem?.what ?? '', `${name} decides `);
            assert.ok(problem?.why);
            assert.match(
              problem?.fix ?? '',
              `--${one.answer.replace(/\.mode$/, '').replace('.', '-')} `,
            );
          }
        }
      }
    }
  },
);

access('a misspelt one is no way to be told its name', () => {
  const [problem] = refusal({ JICOFO_ENABLE_AUHT: false });
  assert.match(
    problem?.what ?? '',
    /Nothing reads JICOFO_ENABLE_AUHT\. JICOFO_ENABLE_AUTH decides/,
  );
  assert.not.match(problem?.fix ?? '', 'Did you mean');
});

for (const [name, value, found] of [
  ['XMPP_MUC_MODULES', 'muc_census,muc_allowners', 'muc_allowners'],
  ['XMPP_MUC_MODULES', ' muc_wait_for_host ', 'muc_wait_for_host'],
  ['XMPP_MUC_MODULES', 'token_affiliation', 'token_affiliation'],
  ['XMPP_MUC_MODULES', 'lobby_autostart', 'lobby_autostart'],
  ['XMPP_MODULES', 'auth_any', 'auth_any'],
  ['GLOBAL_MODULES', 'register_ibr', 'register_ibr'],
  ['XMPP_CONFIGURATION', 'a=1,authentication="jitsi-anonymous"', 'authentication'],
  ['XMPP_CONFIGURATION', 'allow_empty_token = true', 'allow_empty_token'],
  ['XMPP_MUC_CONFIGURATION', 'restrict_room_creation=false', 'restrict_room_creation'],
  ['GLOBAL_CONFIG', '-- ours\\nVirtualHost "guest.meet.jitsi"', 'VirtualHost'],
  ['GLOBAL_CONFIG', 'x = "--"; admins = { "a@b" }', 'admins'],
  ['LOG_LEVEL', 'info" } }\nauthentication = "anonymous', 'authentication'],
  ['JICOFO_BRIDGE_REGION_GROUPS', '] }\nauthentication { enabled = false', 'authentication'],
] as const) {
  access(`${found} in ${name} is found`, () => {
    const [problem] = refusal({ [name]: value });
    assert.match(problem?.what ?? '', `“${found}” in ${name}`);
    assert.match(problem?.fix ?? '', '--auth');
  });
}

access('other modules and lines are the owner’s affair', () => {
  assert.equal(
    refusal({
      XMPP_MUC_MODULES: 'muc_census,my_own',
      XMPP_MODULES: 'persistent_lobby',
      GLOBAL_CONFIG: '-- authentication = "anonymous"\\nstatistics = "internal"',
      XMPP_CONFIGURATION: 'my_authentication_note="x",log="admins"',
      PROSODY_RESERVATION_ENABLED: true,
      ENABLE_LOBBY: false,
      ENABLE_AUTO_LOGIN: false,
      XMPP_DOMAIN: 'example.org',
      XMPP_GUEST_DOMAIN: 'guest.example.org',
    }),
    [],
  );
});

access('guests have a domain of their own, and domains are names', () => {
  const same = refusal({ XMPP_GUEST_DOMAIN: 'Meet.Jitsi' });
  assert.match(same[0]?.what ?? '', 'XMPP_DOMAIN and XMPP_GUEST_DOMAIN are both meet.jitsi');
  assert.is(same[0]?.answer, 'settings.XMPP_GUEST_DOMAIN');
  const hidden = refusal({ XMPP_DOMAIN: 'hidden.meet.jitsi' });
  assert.is(hidden[0]?.answer, 'settings.XMPP_DOMAIN');
  assert.match(refusal({ XMPP_DOMAIN: 'a"b' })[0]?.what ?? '', 'has to be a name');
});

access.run();
