import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { stringify } from 'yaml';
import { auditAccess } from '../../src/audit/access.ts';
import { renderedOf } from '../matrix/stack.ts';

/**
 * Each combination that opens a server by accident, or shuts everybody out, by the variable that makes it. Strangers see some of them
 * (test/doctor/open-by-accident); here they are found in the files, and refused among the settings.
 */
const test = suite('open by accident: refused as a setting, and found in files of one’s own');

const accounts = { mode: 'internal', guests: 'wait' };
const tokens = { mode: 'jwt', guests: 'wait', moderators: 'token' };
const directory = { mode: 'ldap', servers: 'dc1.example.org', base: 'dc=example', guests: 'none' };
const everybody = { mode: 'open', strangers: true, moderators: 'first' };

const mistakes: Readonly<
  Record<
    string,
    readonly [auth: object, service: string, variable: string, value: string, said: RegExp]
  >
> = {
  'guests open rooms': [
    accounts,
    'jicofo',
    'JICOFO_ENABLE_AUTH',
    '0',
    /guests too, and the first guest moderates/,
  ],
  'nobody needs a token': [tokens, 'prosody', 'JWT_ALLOW_EMPTY', '1', /gets in without a token/],
  'authentication on at jicofo alone': [
    accounts,
    'prosody',
    'ENABLE_AUTH',
    '0',
    /on at jicofo alone/,
  ],
  'any guest is host': [
    tokens,
    'prosody',
    'PROSODY_GUEST_AUTH_TYPE',
    'anonymous',
    /a guest can pass for somebody with a token/,
  ],
  'any guest is host, without our module': [
    tokens,
    'prosody',
    'GLOBAL_MODULES',
    'login_backoff',
    /a guest with an invented token passes for the host/,
  ],
  'a guest is elected when hosts have left': [
    tokens,
    'jicofo',
    'ENABLE_AUTO_OWNER',
    '1',
    /once the moderators have left, somebody else does, a guest too/,
  ],
  'every token moderates': [
    tokens,
    'jicofo',
    'JICOFO_ENABLE_AUTH',
    '1',
    /Everybody with a token moderates/,
  ],
  'any name works with one password': [
    directory,
    'prosody',
    'LDAP_FILTER',
    '(uid=ada)',
    /Every name works with one person’s password/,
  ],
  'tokens for other programs are good': [
    tokens,
    'prosody',
    'JWT_ACCEPTED_AUDIENCES',
    'account',
    /Tokens that were made for other programs/,
  ],
  'nobody gets past the lobby': [
    accounts,
    'prosody',
    'XMPP_MUC_MODULES',
    'lobby_autostart',
    /holds everybody in the lobby/,
  ],
  'nobody moderates': [everybody, 'jicofo', 'ENABLE_AUTO_OWNER', '0', /Nobody moderates at all/],
};
/** Lists that owners add to; the stack's own part cannot be taken away by a setting. */
const lists = ['GLOBAL_MODULES'];

/** What was said of each, so that no two of them are said alike. */
const sentences = new Map<string, string>();

for (const [what, [auth, service, variable, value, said]] of Object.entries(mistakes)) {
  const answers = {
    domain: 'meet.example.org',
    network: { exposure: 'public', publicAddresses: ['198.51.100.7'] },
    certificates: { source: 'self-signed' },
    auth,
  };

  test(`${what}: ${variable}`, async () => {
    const { plan, files } = await renderedOf(answers);
    const folder = mkdtempSync(join(tmpdir(), 'audit-'));
    try {
      const compose = files.find(({ path }) => path === 'compose.yaml')?.text ?? '';
      writeFileSync(join(folder, 'compose.yaml'), compose);
      const own = { services: { [service]: { environment: { [variable]: value } } } };
      writeFileSync(join(folder, 'compose.override.yaml'), stringify(own));
      const { undone } = auditAccess(folder, plan);
      assert.is(undone.length, 1, JSON.stringify(undone));
      assert.match(undone[0]?.name ?? '', variable);
      const why = undone[0]?.why ?? '';
      assert.match(why, said);
      assert.is(sentences.get(why), undefined, `${what} is said like another one`);
      sentences.set(why, what);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  if (!lists.includes(variable))
    test(`${what}: ${variable} among the settings`, async () => {
      const refused = await renderedOf({ ...answers, settings: { [variable]: value } }).then(
        () => '',
        (error: Error) => error.message,
      );
      assert.match(refused, variable);
    });
}

test('each of them has been told apart from the others', () => {
  assert.is(sentences.size, Object.keys(mistakes).length);
});

test.run();
