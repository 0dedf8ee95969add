#!/bin/sh
# Gives the candidates that have passed the trial and the scan to the registry, for this machine's processor. Nobody uses them
# before rebuild/join.sh. REGISTRY_USER and REGISTRY_TOKEN log in, for this run alone; without them, whoever is logged in is used.
set -eu
cd -- "$(dirname -- "$0")/.."
. rebuild/facts.sh
. rebuild/registry.sh
PATH=$PWD/.rebuild/bin:$PATH

for check in tried scanned; do
    passed "$check" || fail 'These images have not passed rebuild/trial.sh and rebuild/scan.sh. Nothing was tagged.'
done
log_in

# What an image consists of: the layers below its own, the folder that it was built from, and its packages.
content() {
    docker image inspect --format '{{range .RootFS.Layers}}{{println .}}{{end}}' "$1" | sed '/^$/d' | sed '$d'
    docker image inspect --format '{{index .Config.Labels "jitsi-stack.folders"}}' "$1"
    docker run --rm --network none --user 0:0 --entrypoint sh "$1" -c 'dpkg-query -W 2>/dev/null || apk info -v 2>/dev/null || true'
}

for image in $images; do
    new=$(candidate "$image")
    # Where nothing is newer, what runs stays as it is, and nobody has to start anything anew.
    if docker pull --quiet "$image" >/dev/null 2>&1 && [ "$(content "$image")" = "$(content "$new")" ]; then
        say "$image is up to date."
        new=$image
    fi
    docker tag "$new" "$(part "$image")"
    docker push --quiet "$(part "$image")" >&2 || fail "$image could not be pushed. What is in use has not changed."
    attest "$image"
done
say 'Next, when this is done for all processors: rebuild/join.sh'
