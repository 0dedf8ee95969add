#!/bin/sh
# Gives the candidates that have passed the trial and the scan to the registry, for this machine's processor. Nobody uses them
# before rebuild/join.sh. REGISTRY_USER and REGISTRY_TOKEN log in, for this run alone; without them, whoever is logged in is used.
# shellcheck disable=SC1091,SC2154 # rebuild/facts.sh says what is not said here
set -eu
cd -- "$(dirname -- "$0")/.."
. rebuild/facts.sh
. rebuild/registry.sh
PATH=$PWD/.rebuild/bin:$PATH

need_passed
log_in

for image in $images; do
    docker pull --quiet "$image" >/dev/null 2>&1 || true
    new=$(newer_of "$image")
    docker tag "$new" "$(part "$image")"
    docker push --quiet "$(part "$image")" >&2 || fail "$image could not be pushed. What is in use has not changed."
    attest "$image"
done
say 'Next, when this is done for all processors: rebuild/join.sh'
