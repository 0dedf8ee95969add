// The provider, spoken to with openid-client: code flow with PKCE, state and nonce; its answers are verified with its keys.
import * as client from 'openid-client';
import { settings } from './settings.js';

/** Seconds for each of its answers. */
const patience = 8;
/** Milliseconds for which what it says of itself is believed, and for which it is left alone after it did not answer. */
const fresh = 3_600_000;
const rest = 3_000;

const redirectUri = `${settings.url}/oidc/callback`;
let known;

/** What the provider says of itself. One question at a time, and none soon after one without an answer. */
function metadata() {
  if (!known || Date.now() > known.until) {
    const asked = client
      .discovery(new URL(settings.issuer), settings.clientId, {}, client.None(), {
        timeout: patience,
      })
      .then((found) => found.serverMetadata());
    const mine = { asked, until: Date.now() + fresh };
    known = mine;
    asked.catch(() => {
      mine.until = Date.now() + rest;
    });
  }
  return known.asked;
}

/** Made anew for each sign-in, so the keys are asked for each time: one that was changed a second ago is known. */
async function configuration() {
  const server = await metadata();
  const made = new client.Configuration(
    server,
    settings.clientId,
    { client_secret: settings.clientSecret },
    authentication(server),
  );
  made.timeout = patience;
  client.enableNonRepudiationChecks(made);
  return made;
}

function authentication({ token_endpoint_auth_methods_supported: methods }) {
  // Where nothing is said, the standard's own default is meant.
  const basic = methods?.includes('client_secret_basic') ?? true;
  const chosen = settings.authentication || (basic ? 'basic' : 'post');
  return chosen === 'basic'
    ? client.ClientSecretBasic(settings.clientSecret)
    : client.ClientSecretPost(settings.clientSecret);
}

export const provider = {
  /** Where somebody goes to sign in, and what proves that it was he who went. */
  async begin() {
    const server = await configuration();
    const secrets = {
      state: client.randomState(),
      nonce: client.randomNonce(),
      verifier: client.randomPKCECodeVerifier(),
    };
    const to = client.buildAuthorizationUrl(server, {
      redirect_uri: redirectUri,
      scope: settings.scopes.join(' '),
      state: secrets.state,
      nonce: secrets.nonce,
      code_challenge: await client.calculatePKCECodeChallenge(secrets.verifier),
      code_challenge_method: 'S256',
    });
    return { to: to.href, secrets };
  },

  /**
   * Who has signed in: what the provider claims about that person, in its token and where it is asked for more.
   *
   * @param search the query with which the browser came back
   */
  async finish(search, { state, nonce, verifier }) {
    const server = await configuration();
    const tokens = await client.authorizationCodeGrant(server, new URL(`${redirectUri}${search}`), {
      pkceCodeVerifier: verifier,
      expectedState: state,
      expectedNonce: nonce,
      idTokenExpected: true,
    });
    const claims = tokens.claims();
    if (!server.serverMetadata().userinfo_endpoint) return claims;
    // Names, addresses and groups stand in the one or in the other; about who it is, both agree.
    const more = await client.fetchUserInfo(server, tokens.access_token, claims.sub);
    return { ...more, ...claims };
  },

  /** Where the provider ends its own session, if it can. */
  async goodbye(back) {
    const server = await configuration();
    if (!server.serverMetadata().end_session_endpoint) return null;
    return client.buildEndSessionUrl(server, { post_logout_redirect_uri: back }).href;
  },
};
