import { StackError } from '../../src/errors.ts';

/** An image in a registry, by the names of its HTTP API (OCI distribution, version 2). */
export interface Reference {
  /** Where its API is, such as `https://registry-1.docker.io`. */
  readonly registry: string;
  readonly repository: string;
  readonly tag: string;
}

/** What may stand for all processors comes first; the digest of one processor’s image would be no use on others. */
const manifests = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
].join(', ');

/** Splits `nginx:1.30.5` or `ghcr.io/owner/name:1` as Docker does: without a registry it is Docker Hub’s. */
export function referenceOf(image: string, elsewhere?: string): Reference {
  const [, name = '', tag = 'latest'] = /^(.+?)(?::([^:/@]+))?(?:@.*)?$/.exec(image) ?? [];
  const [first = '', ...rest] = name.split('/');
  const hasHost = rest.length > 0 && /[.:]|^localhost$/.test(first);
  if (hasHost)
    return { registry: elsewhere ?? `https://${first}`, repository: rest.join('/'), tag };
  const repository = rest.length > 0 ? name : `library/${name}`;
  return { registry: elsewhere ?? 'https://registry-1.docker.io', repository, tag };
}

/**
 * The digest that a tag has now, such as `sha256:…`. Registries that want a token, as Docker Hub does from everybody, say where
 * to get one; a token for reading what is public needs no account.
 *
 * @throws StackError when the registry does not answer, or does not know the tag
 */
export async function digestOf(reference: Reference): Promise<string> {
  const { registry, repository, tag } = reference;
  const url = `${registry}/v2/${repository}/manifests/${tag}`;
  const ask = (headers: Record<string, string>) =>
    fetch(url, {
      method: 'HEAD',
      headers: { accept: manifests, ...headers },
      signal: AbortSignal.timeout(30_000),
    }).catch((error: Error) => {
      throw refused(reference, `It does not answer: ${String(error.cause ?? error.message)}.`);
    });
  let answer = await ask({});
  if (answer.status === 401)
    answer = await ask({ authorization: await tokenFor(reference, answer) });
  if (!answer.ok) throw refused(reference, `It answers ${answer.status}.`);
  const digest = answer.headers.get('docker-content-digest') ?? '';
  if (!/^sha256:[0-9a-f]{64}$/.test(digest)) throw refused(reference, 'It names no digest.');
  return digest;
}

async function tokenFor(reference: Reference, { headers }: Response): Promise<string> {
  const challenge = headers.get('www-authenticate') ?? '';
  const said = new Map(
    [...challenge.matchAll(/(\w+)="([^"]*)"/g)].map(([, key = '', value = '']) => [key, value]),
  );
  const realm = said.get('realm');
  if (!/^bearer /i.test(challenge) || !realm) throw refused(reference, 'It wants a password.');
  const url = new URL(realm);
  url.searchParams.set('service', said.get('service') ?? '');
  url.searchParams.set('scope', said.get('scope') ?? `repository:${reference.repository}:pull`);
  const answer = await fetch(url, { signal: AbortSignal.timeout(30_000) });
  const body = (await answer.json()) as { token?: string; access_token?: string };
  const token = body.token ?? body.access_token;
  if (!answer.ok || !token) throw refused(reference, `${url.host} gives no token.`);
  return `Bearer ${token}`;
}

function refused({ registry, repository, tag }: Reference, why: string): StackError {
  return new StackError({
    where: registry,
    what: `The digest of ${repository}:${tag} could not be had. ${why}`,
    fix: 'Nothing was written. Try again later, or name another registry: --registry https://mirror.example.org',
  });
}
