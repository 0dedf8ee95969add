#!/bin/sh
# remember.sh [--check]: keeps a copy of the files that this stack is started with in backups/.started: the way back when an
# upgrade fails. Runs in the container `remember` at each start, and after a reload. --check only says whether they are the
# same: 0 or 1.
set -u
cd "$(dirname "$0")/.." || exit 1
files='.env.example .gitattributes .gitignore README.md acme compose.override.yaml compose.override.yml compose.yaml coturn fail2ban firewall jitsi jitsi-stack.json jitsi-stack.lock machines metrics monitoring nginx scripts stack'
kept=backups/.started

check=${1:-}
# Sorted alike everywhere.
export LC_ALL=C

set --
for path in $files; do
    [ ! -e "$path" ] || set -- "$@" "$path"
done

same() {
    [ "$(ls -A "$kept" 2>/dev/null)" = "$(printf '%s\n' "$@" | sort)" ] || return 1
    for path; do
        diff -rq --no-dereference -- "$path" "$kept/$path" >/dev/null 2>&1 || return 1
    done
}

if same "$@"; then exit 0; fi
[ "$check" != --check ] || exit 1

# Docker makes the directory of a fresh clone, as root and open to all.
if [ -z "$(ls -A backups 2>/dev/null)" ]; then
    mkdir -p backups && chmod 700 backups && chown "$(stat -c %u:%g .)" backups
fi
copy() { rm -rf "$kept.new" && mkdir "$kept.new" && cp -a -- "$@" "$kept.new"; }
if ! copy "$@"; then
    rm -rf "$kept.new"
    echo 'These files could not be copied to backups/.started, so an upgrade that fails has no way back to them.' >&2
    exit 1
fi
rm -rf "$kept" && mv -- "$kept.new" "$kept"
