/**
 * A real OpenID provider, `oidc-provider`, as a program of its own: it asks people who they are on a page, and takes any password.
 * What it needs stands in a file, as JSON.
 */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { exportJWK, generateKeyPair } from 'jose';
import { Provider } from 'oidc-provider';
import type { Setup } from './provider.ts';

const setup: Setup = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8'));
const { privateKey } = await generateKeyPair('RS256', { extractable: true });
const key = { ...(await exportJWK(privateKey)), kid: 'one', alg: 'RS256', use: 'sig' };
const provider = new Provider(setup.issuer, {
  clients: [
    {
      client_id: 'jitsi',
      client_secret: setup.secret,
      redirect_uris: [`${setup.client}/oidc/callback`],
      post_logout_redirect_uris: [`${setup.client}/oidc/signed-out`],
    },
  ],
  jwks: { keys: [key] } as never,
  cookies: { keys: ['the lab'] },
  claims: { openid: ['sub'], email: ['email'], profile: ['name', 'groups'] },
  pkce: { required: () => true },
  findAccount: (_, sub) => ({
    accountId: sub,
    claims: async () => ({ sub, name: sub, groups: setup.groups[sub] ?? [] }),
  }),
});
const { port } = new URL(setup.issuer);
createServer(
  { cert: readFileSync(setup.certificate), key: readFileSync(setup.key) },
  provider.callback(),
).listen(Number(port), '0.0.0.0');
