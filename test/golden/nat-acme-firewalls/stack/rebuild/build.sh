#!/bin/sh
# Builds every image of this stack anew, as a candidate: what runs goes on with what it has.
# shellcheck disable=SC1091,SC2154 # rebuild/facts.sh says what is not said here
set -eu
cd -- "$(dirname -- "$0")/.."
. rebuild/facts.sh

mkdir -p .rebuild
rm -f .rebuild/tried .rebuild/scanned

# Compose wants a value for each secret.
sh rebuild/throw-away.sh <.env.example >.rebuild/secrets

# The folders that they are built from are part of what an image is.
folders=$(cat images/*/* | sha256sum | cut -c1-12)
{
    echo 'services:'
    for entry in $services; do
        printf "  %s: {image: '%s', build: {labels: {jitsi-stack.folders: '%s'}}}\n" \
            "${entry%%=*}" "$(candidate "${entry#*=}")" "$folders"
    done
} >.rebuild/candidates.yaml

# Packages are asked for anew once a day; within one, what has not changed comes from the cache.
# shellcheck disable=SC2046 # a list of names
docker compose --env-file .rebuild/secrets --file compose.yaml --file .rebuild/candidates.yaml \
    build --pull --build-arg "DAY=$(date -u +%F)" $(for entry in $built; do echo "${entry%%=*}"; done) ||
    fail 'Not all images could be built, see above. Nothing was tagged.'
candidates >/dev/null
say 'All images are built. Next: rebuild/trial.sh'
