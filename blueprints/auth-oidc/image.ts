/** Built on the server; the name of no registry, so that nobody's else is ever fetched in its place. */
export const image = 'localhost/oidc:trixie';
