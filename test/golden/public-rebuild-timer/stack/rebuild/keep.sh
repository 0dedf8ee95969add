#!/bin/sh
# Hands the candidates that have passed the trial and the scan to ./stack refresh. Where nothing is newer, what runs stays as it is.
# shellcheck disable=SC1091,SC2154 # rebuild/facts.sh says what is not said here
set -eu
cd -- "$(dirname -- "$0")/.."
. rebuild/facts.sh

need_passed
for image in $images; do
    new=$(newer_of "$image")
    docker tag "$new" "$image-passed"
done
say 'Next: ./stack refresh'
