/** Private keys and files of passwords, which are better not in git. */
export function looksSecret(path: string, text: Buffer): boolean {
  return (
    /-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text.toString('latin1')) ||
    /(^|\/)(\.htpasswd|[^/]*privkey[^/]*|id_(rsa|ed25519|ecdsa))$|\.key$|-key\.pem$/.test(path)
  );
}
