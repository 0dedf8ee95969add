/** What scans and signs where nothing else is there: versions that Go's checksum database knows. */
export const tools = {
  grype: 'github.com/anchore/grype/cmd/grype@v0.121.3',
  cosign: 'github.com/sigstore/cosign/v3/cmd/cosign@v3.1.3',
  /** Builds them on a machine without Go. A newer one understands what an older one did. */
  go: 'golang:1',
} as const;
