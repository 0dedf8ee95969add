#!/bin/sh
# Brings what scans and signs where it is missing: built from source, which Go compares with its public checksum database.
# shellcheck disable=SC1091,SC2154 # rebuild/facts.sh says what is not said here
set -eu
cd -- "$(dirname -- "$0")/.."
. rebuild/facts.sh
bin=$PWD/.rebuild/bin
mkdir -p "$bin"
PATH=$bin:$PATH

# build PACKAGE@VERSION
build() {
    if command -v go >/dev/null; then
        GOBIN=$bin CGO_ENABLED=0 go install "$1"
    else
        docker run --rm --mount "type=bind,source=$bin,target=/bin/out" --env GOBIN=/bin/out --env CGO_ENABLED=0 golang:1 go install "$1"
    fi
}

[ "$level" = none ] || command -v trivy >/dev/null || command -v grype >/dev/null ||
    build github.com/anchore/grype/cmd/grype@v0.121.3 || fail 'grype could not be built.'
[ "${1:-}" != --sign ] || command -v cosign >/dev/null ||
    build github.com/sigstore/cosign/v3/cmd/cosign@v3.1.3 || fail 'cosign could not be built.'
