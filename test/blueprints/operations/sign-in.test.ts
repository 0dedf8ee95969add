import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { quoteValue } from '../../../src/env-file.ts';
import { planOf } from '../../matrix/stack.ts';
import { FakeStack } from './stack.ts';

/** Backup, restore and rotate with each way to sign in; Docker only plays, so that services take it over is for the lab. */
const test = suite('backup, restore and rotate, with every way to sign in');

interface Way {
  readonly auth: object;
  /** What the owner has brought. */
  readonly own?: string;
  /** Secrets that were made elsewhere. */
  readonly given?: readonly string[];
  /** Secrets of its own that `rotate` renews with those of Jitsi's services, or by its name alone. */
  readonly renewed?: string;
  readonly byName?: string;
}

const ways: Readonly<Record<string, Way>> = {
  accounts: { auth: { mode: 'internal' } },
  'a directory': {
    auth: {
      ...{ mode: 'ldap', servers: 'dc1.example.org', base: 'dc=example', bindDn: 'cn=jitsi' },
      ownAuthority: true,
    },
    own: 'jitsi/prosody/ldap-ca.pem',
    given: ['LDAP_BINDPW'],
  },
  tokens: { auth: { mode: 'jwt' }, byName: 'JWT_APP_SECRET' },
  'sign-in elsewhere': {
    auth: {
      ...{ mode: 'oidc', provider: 'keycloak', providerUrl: 'https://id.example.org/realms/x' },
      ...{ clientId: 'jitsi', providerAuthority: true },
    },
    own: 'oidc/authority.pem',
    given: ['OIDC_CLIENT_SECRET'],
    renewed: 'JWT_APP_SECRET',
    byName: 'JWT_APP_SECRET',
  },
  Matrix: {
    auth: { mode: 'matrix', serviceUrl: 'http://uvs.example.org:3000' },
    given: ['MATRIX_UVS_AUTH_TOKEN'],
  },
  nobody: { auth: { mode: 'open', strangers: true } },
};

/** What people put into passwords. */
const odd = `it's "$HOME" \\ #1 ü`;
const valueIn = (env: string, name: string) => new RegExp(`^${name}=(.*)$`, 'm').exec(env)?.[1];

for (const [what, { auth, own, given = [], renewed, byName }] of Object.entries(ways))
  test(what, async () => {
    const plan = await planOf({
      domain: 'meet.example.org',
      network: { exposure: 'public', publicAddresses: ['198.51.100.7'] },
      certificates: { source: 'own' },
      auth,
    });
    const stack = new FakeStack(plan);
    try {
      const elsewhere = plan.secrets.flatMap((secret) => (secret.given ? [secret.name] : []));
      assert.equal(elsewhere, given);
      const lines = plan.secrets.map(({ name }) =>
        given.includes(name) ? `${name}=${quoteValue(odd)}` : `${name}=old-${name.toLowerCase()}`,
      );
      stack.write('.env', `${lines.join('\n')}\n`, 0o600);
      for (const account of Object.values(plan.accounts?.passwords ?? {})) {
        const [name = '', host] = account.split('@');
        stack.write(stack.account(name, host), 'old');
      }
      if (own) stack.write(own, 'an authority');
      const before = stack.read('.env');

      const { code, out, err } = stack.run(['backup']);
      assert.is(code, 0, err);
      for (const path of ['.env', ...(own ? [own] : [])]) rmSync(join(stack.path, path));
      const restored = stack.run(['restore', out.trim(), '--yes']);
      assert.is(restored.code, 0, restored.err);
      assert.is(stack.read('.env'), before);
      if (own) assert.is(stack.read(own), 'an authority');

      const rotated = stack.run(['rotate', '--yes']);
      assert.is(rotated.code, 0, rotated.err);
      const after = stack.read('.env');
      const same = plan.secrets.flatMap(({ name }) =>
        valueIn(after, name) === valueIn(before, name) ? [name] : [],
      );
      const alone = byName && byName !== renewed ? [byName] : [];
      assert.equal(same, [...alone, ...given].sort(byPlan(plan.secrets)));
      assert.is(/opens? nothing/.test(rotated.err), renewed !== undefined, rotated.err);
      if (renewed) assert.match(stack.calls(), /compose up --detach .*\boidc\b/);

      const named = stack.run(['rotate', byName ?? 'JWT_APP_SECRET', '--yes']);
      assert.is(named.code, byName ? 0 : 2, named.err);
      const last = stack.read('.env');
      const changed = plan.secrets.flatMap(({ name }) =>
        valueIn(last, name) === valueIn(after, name) ? [] : [name],
      );
      assert.equal(changed, byName ? [byName] : []);
      assert.not.ok(existsSync(join(stack.path, '.env.rotated')));
    } finally {
      stack.remove();
    }
  });

/** In the order in which the plan has them. */
function byPlan(secrets: readonly { readonly name: string }[]) {
  const place = (name: string) => secrets.findIndex((one) => one.name === name);
  return (one: string, other: string) => place(one) - place(other);
}

test.run();
