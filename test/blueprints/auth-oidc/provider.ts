import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from 'jose';
import { Provider } from 'oidc-provider';
import type { Authority } from '../../doctor/authority.ts';

/** What a real provider knows about somebody, besides `sub`. */
export type Claims = Readonly<Record<string, unknown>>;

/** What is to be forged in its tokens: claims, the key that signs, the kind of signature. */
export interface Forgery {
  readonly claims?: JWTPayload;
  readonly strangeKey?: true;
  readonly unsigned?: true;
}

/** A real OpenID provider, `oidc-provider`, on this machine. Whoever comes is signed in as `who` without being asked. */
export class RealProvider {
  who: { readonly sub: string; readonly claims: Claims } = { sub: 'nobody', claims: {} };
  /** Answers of the token endpoint, instead of the provider's own. */
  forgery: Forgery | undefined;
  /** The type in the header of access tokens for `meetings`; the provider's own when left out. */
  typ: string | undefined;
  /** Further claims of those. */
  extra: Claims = {};
  /** It takes questions and never answers them. */
  silent = false;
  readonly asked: string[] = [];
  readonly #server: Server;
  #provider: Provider | undefined;
  #key: { readonly jwk: JWK; readonly kid: string } | undefined;
  #nonce = '';

  private constructor(server: Server) {
    this.#server = server;
  }

  /** @param clientUrl where the client is that it knows, `https://meet.example.org` */
  static async start(authority: Authority, clientUrl: string): Promise<RealProvider> {
    const server = createServer(await authority.issue(['localhost']));
    const made = new RealProvider(server);
    server.on('request', (request, response) => void made.#answer(request, response));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    await made.rotate(clientUrl);
    return made;
  }

  get issuer(): string {
    return `https://localhost:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Signs with another key from now on, and knows no other any more. */
  async rotate(clientUrl: string): Promise<void> {
    const kid = `key-${Math.random()}`;
    const { privateKey } = await generateKeyPair('RS256', { extractable: true });
    const jwk = { ...(await exportJWK(privateKey)), kid, alg: 'RS256', use: 'sig' };
    this.#key = { jwk, kid };
    const provider = new Provider(this.issuer, {
      clients: [
        {
          client_id: 'jitsi',
          client_secret: secret,
          redirect_uris: [`${clientUrl}/oidc/callback`],
          post_logout_redirect_uris: [`${clientUrl}/oidc/signed-out`],
          token_endpoint_auth_method: 'client_secret_post',
        },
      ],
      jwks: { keys: [jwk] } as never,
      cookies: { keys: ['a test'] },
      claims: {
        openid: ['sub'],
        email: ['email', 'email_verified', 'hd'],
        profile: ['name', 'preferred_username', 'groups', 'realm_access', 'roles'],
      },
      pkce: { required: () => true },
      features: {
        devInteractions: { enabled: false },
        // Who asks for it gets an access token for meetings that is a JWT, instead of one for the provider itself.
        resourceIndicators: {
          enabled: true,
          defaultResource: () => [],
          useGrantedResource: () => true,
          getResourceServerInfo: () => ({
            ...{ scope: '', audience: 'jitsi', accessTokenFormat: 'jwt' as const },
            jwt: { sign: { alg: 'RS256' as const } },
          }),
        },
      },
      formats: {
        customizers: {
          jwt: (_, __, jwt) => {
            if (this.typ !== undefined) jwt.header = { typ: this.typ };
          },
        },
      },
      extraTokenClaims: () => this.extra,
      interactions: { url: (_, { uid }) => `/interaction/${uid}` },
      findAccount: (_, sub) => ({
        accountId: sub,
        claims: async () => ({ ...this.who.claims, sub }),
      }),
      // Its owner has agreed for everybody, as he does within a company.
      loadExistingGrant: async (context) => {
        const { client, session } = context.oidc;
        const before = session?.grantIdFor(client?.clientId ?? '');
        if (before) return context.oidc.provider.Grant.find(before);
        const grant = new context.oidc.provider.Grant({
          clientId: client?.clientId ?? '',
          accountId: session?.accountId ?? '',
        });
        grant.addOIDCScope('openid profile email');
        await grant.save();
        return grant;
      },
    });
    provider.proxy = true;
    this.#provider = provider;
  }

  async stop(): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (this.silent) return;
    const url = new URL(request.url ?? '/', this.issuer);
    this.asked.push(url.pathname);
    this.#nonce = url.searchParams.get('nonce') ?? this.#nonce;
    if (url.pathname.startsWith('/interaction/')) {
      await this.#provider?.interactionFinished(request as never, response as never, {
        login: { accountId: this.who.sub },
      });
      return;
    }
    if (url.pathname === '/token' && this.forgery) {
      const body = { access_token: 'x', token_type: 'Bearer', id_token: await this.#forged() };
      response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
      return;
    }
    this.#provider?.callback()(request as never, response as never);
  }

  async #forged(): Promise<string> {
    const { claims, strangeKey, unsigned } = this.forgery ?? {};
    const now = Math.floor(Date.now() / 1000);
    const right = { iss: this.issuer, aud: 'jitsi', sub: this.who.sub, nonce: this.#nonce };
    const body = { ...right, iat: now, exp: now + 300, ...claims };
    const part = (one: object) => Buffer.from(JSON.stringify(one)).toString('base64url');
    if (unsigned) return `${part({ alg: 'none' })}.${part(body)}.`;
    const own = this.#key;
    const key = strangeKey ? (await generateKeyPair('RS256')).privateKey : own?.jwk;
    return new SignJWT(body)
      .setProtectedHeader({ alg: 'RS256', kid: own?.kid ?? '' })
      .sign(key as JWK);
  }
}

/** What its client asks a token for, besides the provider itself. */
export const meetings = 'https://meet.example.org';

/** The secret of its client. */
export const secret = 'a secret with $ and "quotes"';
