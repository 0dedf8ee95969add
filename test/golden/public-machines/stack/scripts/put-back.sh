#!/bin/sh
# put-back.sh STATE: puts STATE/files and STATE/data in the place of what is here, which goes to STATE/failed. Everything is
# renamed, so that it works on a full disk too, and can be repeated after it was killed. What STATE/stays names is left where it is.
# Runs in a container for ./stack upgrade.
set -u
state=$1

each() { ls -A -- "$1" 2>/dev/null; }
leaves() { tr ' ' '\n' <"$state/stays" 2>/dev/null | grep -qxF -- "$1"; }

fail() {
    echo "$1 could not be put back." >&2
    exit 1
}

# What the new release left in data/ goes away as a whole: it may have made directories of its own.
if [ -d "$state/data" ] && [ ! -e "$state/cleared" ]; then
    mkdir -p "$state/failed/data" || fail data
    each data | while IFS= read -r name; do
        ! leaves "data/$name" || continue
        mv -T -- "data/$name" "$state/failed/data/$name" || fail "data/$name"
    done || exit 1
    : >"$state/cleared" || fail data
fi
each "$state/data" | while IFS= read -r name; do
    mv -T -- "$state/data/$name" "data/$name" || fail "data/$name"
done || exit 1

# `stack` is the last one: until then the script is there that knows how to go on.
for name in $(each "$state/files" | grep -vx stack) stack; do
    from=$state/files/$name
    [ -e "$from" ] || [ -L "$from" ] || continue
    mkdir -p "$state/failed" || fail "$name"
    if [ -d "$name" ] && [ ! -L "$name" ]; then
        mv -T -- "$name" "$state/failed/$name" || fail "$name"
    elif [ -e "$name" ] || [ -L "$name" ]; then
        # A file is never missing in between.
        ln -f -- "$name" "$state/failed/$name" || fail "$name"
    fi
    mv -f -T -- "$from" "$name" || fail "$name"
done
