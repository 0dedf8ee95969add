#!/bin/sh
# Which bridges have signed in, as jicofo says inside its container; ./stack bridges, status and check ask. With “list” it says so of
# each, otherwise in lines “state name words”.
set -eu

names='central b1 b2'
at=http://127.0.0.1:8888

# Jicofo knows each by its place in the room of the bridges: jvbbrewery@…/NAME.
debug=$(curl -fsS --max-time 5 "$at/debug")
missing='' number=0
for name in $names; do
    number=$((number + 1)) is=yes
    case $debug in *"/$name\""*) ;; *) is=no missing="$missing, $name" ;; esac
    [ "${1:-}" != list ] || echo "$name $is"
done
[ "${1:-}" != list ] || exit 0

if [ -z "$missing" ]; then
    echo "ok bridges all $number have signed in"
else
    echo "critical bridges not signed in: ${missing#, }. ./stack status on that machine says why"
fi
versions=$(curl -fsS --max-time 5 "$at/metrics" | awk '$1 ~ /^jitsi_jicofo_bridge_selector_bridge_version_count/ { print int($2); exit }')
[ "${versions:-1}" -le 1 ] ||
    echo "warning bridge-releases $versions releases of the bridge run at the same time, and share no meeting: update the machines that are behind"
