#!/bin/sh
# Puts into use what rebuild/publish.sh has brought for every processor: each image gets the day as a tag, which stays for the way
# back, and then its own tag, which is what servers take. All of them or none.
# shellcheck disable=SC1091,SC2154 # rebuild/facts.sh says what is not said here
set -eu
cd -- "$(dirname -- "$0")/.."
. rebuild/facts.sh
. rebuild/registry.sh
PATH=$PWD/.rebuild/bin:$PATH
log_in
day=$(date -u +%Y%m%d)

join() {
    name=$1 image=$2
    set --
    for one in $architectures; do set -- "$@" "$(part "$image" "$one")"; done
    docker buildx imagetools create --tag "$name" "$@" >&2
}

for image in $images; do
    join "$image-$day" "$image" || fail "$image is not there for all of: $architectures. What is in use has not changed."
    how=$(signer) || continue
    digest=$(docker buildx imagetools inspect --format '{{.Manifest.Digest}}' "$image-$day")
    # shellcheck disable=SC2086 # options
    cosign sign --yes --recursive $how "${image%:*}@$digest" >&2 || fail "$image could not be signed. What is in use has not changed."
done
for image in $images; do
    docker buildx imagetools create --tag "$image" "$image-$day" >&2 || fail "$image could not be tagged. Run rebuild/join.sh again."
done
say "In use from now on, and kept as of $day: $images"
