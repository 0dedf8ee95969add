#!/bin/sh
# send.sh FILE NAME KEEP: a copy of FILE goes to the place of the copies; of those there that are called NAME-…, the newest KEEP
# stay. Called by ./stack backup.
set -eu
export LC_ALL=C
place=backup@nas.example.org:meet
file=$1 name=$2 keep=$3
# Nobody is there to answer a question, nor to wait for a machine that is away.
export RSYNC_RSH='ssh -o BatchMode=yes -o ConnectTimeout=30'
copy() { rsync --timeout=300 "$@" </dev/null; }

# It has its name when all of it has arrived.
copy --times --chmod=F600 -- "$file" "$place/"

there=$(copy --list-only --include="$name-*" --exclude='*' -- "$place/" | awk '$1 ~ /^-/ { print $5 }' | sort)
printf '%s\n' "$there" | grep -qxF -- "${file##*/}" || {
    echo "The copy is not listed at $place." >&2
    exit 1
}
# Another stack, whose name begins like this one's, may have its copies there too.
old=$(printf '%s\n' "$there" | while IFS= read -r one; do
    printf '%s\n' "${one#"$name-"}" | grep -qxE -- '[0-9]{8}T[0-9]{6}Z\.tar\.gz(\.age|\.gpg)?' && printf '%s\n' "$one"
done | head -n "-$keep" || true)
# Rsync takes away there what is not in an empty folder here, of the names that it is told and no other.
empty=$(mktemp -d)
trap 'rmdir "$empty"' EXIT
for one in $old; do
    copy --recursive --delete --include="/$one" --exclude='*' -- "$empty/" "$place/"
done
