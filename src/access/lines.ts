import { withoutHoconComments, withoutLuaComments } from './comments.ts';

/** Something in a configuration of prosody or jicofo that decides about access; `why` is a sentence. */
export interface Deciding {
  /** As it stands there: a module, an option, a section. */
  readonly name: string;
  readonly why: string;
  /** Counted from 1. */
  readonly line: number;
}

/** Modules of prosody, Jitsi's and the community's, that decide who gets in, opens or moderates. */
const modules: readonly (readonly [names: RegExp, why: string])[] = [
  [/^muc_allowners$/, 'It makes everybody a moderator.'],
  [
    /^muc_wait_for_host$/,
    'It takes every guest with an invented token for the host, who opens rooms and moderates.',
  ],
  [
    /^(?:token_affiliation(?:_legacy)?|token_(?:moderation|owner_party)|owner_restricted|muc_moderators|matrix_(?:affiliation|power_sync))$/,
    'It makes moderators by rules of its own.',
  ],
  [
    /^lobby_autostart$/,
    'It holds everybody in the lobby from the start, those who could open it too.',
  ],
  [/^(?:token|secure_domain|matrix)_lobby_bypass$/, 'It lets people past the lobby.'],
  [/^(?:auth_\w+|token_verification|sasl\w*_oauth\w*)$/, 'It decides who may sign in.'],
  [/^(?:register_\w+|invites\w*)$/, 'It lets strangers make accounts for themselves.'],
  [/^s2s\w*$/, 'It lets in people from other XMPP servers.'],
];

/** Options of prosody's configuration with the same power, and what begins a further way in. */
const options = [
  ['authentication', 'It decides who may sign in, and “anonymous” is everybody.'],
  ['VirtualHost|Component', 'It opens a further way in, or changes one that is there.'],
  ['allow_registration', 'It lets strangers make accounts for themselves.'],
  ['allow_empty_token', 'It lets in everybody without a token.'],
  [
    'app_id|app_secret|asap_\\w+|cache_keys_url|allowner_issuers|enable_domain_verification|signature_algorithm|uvs_\\w+',
    'It decides whose tokens are good.',
  ],
  ['admins|component_admins_as_room_owners', 'Administrators own every room.'],
  ['restrict_room_creation|muc_room_locking', 'It decides who may open a room.'],
  [
    'muc_(?:lobby|access|password)_whitelist|lobby_admits_members_of|wait_for_host_\\w+|allow_anonymous_s2s',
    'It lets people in past what holds others back.',
  ],
  ['modules_disabled|plugin_paths', 'It takes out or replaces what checks people.'],
].map(
  ([names, why = '']) =>
    [new RegExp(`(?<![\\w."'])(${names})\\s{0,9}(?:=(?!=)|["'({])`), why] as const,
);

/** Settings of jicofo's configuration with the same power. */
const paths: readonly (readonly [path: RegExp, why: string])[] = [
  [/(?<![\w-])authentication(?![\w-])/, 'It decides who may open a room.'],
  [/(?<![\w-])enable-auto-owner\b/, 'It decides who moderates.'],
  [/(?<![\w-])enable-moderator-checks\b/, 'It decides whether only moderators record and call.'],
];

/** Why a module of prosody decides about access; undefined where nothing is known against it. */
export function whyModuleDecides(name: string): string | undefined {
  return modules.find(([names]) => names.test(name))?.[1];
}

/** What decides about access in lines of prosody's configuration: options, and modules in quotes. */
export function decidingInLua(text: string): readonly Deciding[] {
  return eachLine(withoutLuaComments(text), (code) => [
    ...options.flatMap(([pattern, why]) => named(pattern.exec(code)?.[1], why)),
    ...[...code.matchAll(/["']([a-z]\w{0,60})["']/g)].flatMap(([, name = '']) =>
      named(name, whyModuleDecides(name)),
    ),
  ]);
}

/** What decides about access in lines of jicofo's configuration (HOCON). */
export function decidingInHocon(text: string): readonly Deciding[] {
  return eachLine(withoutHoconComments(text), (code) =>
    paths.flatMap(([path, why]) => named(path.exec(code)?.[0], why)),
  );
}

function named(name: string | undefined, why: string | undefined) {
  return name === undefined || why === undefined ? [] : [{ name, why }];
}

function eachLine(
  text: string,
  find: (code: string) => readonly Omit<Deciding, 'line'>[],
): Deciding[] {
  return text
    .split('\n')
    .flatMap((code, index) => find(code).map((one) => ({ ...one, line: index + 1 })));
}
