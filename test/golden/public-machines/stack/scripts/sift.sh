#!/bin/sh
# sift.sh ROOT LEFT PRUNED PATH...: what of these paths below ROOT belongs into a backup: files, directories, and links that stay in
# ROOT. Their names go to stdout, those of all else to the file LEFT, each ended by NUL; what is PRUNED is in neither. The writer
# and the reader of backups go by it alike. Runs in a container for ./stack.
set -u
root=$1 left=$2 pruned=$3
shift 3
: >"$left" || exit 1
exec 3>>"$left"
cd "$root" || exit 1
# Names hold no blanks.
# shellcheck disable=SC2046
set -- "$@" -false $(for path in $pruned; do printf -- '-o -path %s -prune ' "$path"; done)
export LC_ALL=C here="$PWD"
# shellcheck disable=SC2016 # for the inner shell
find "$@" -o -type s -prune \
    -o \( -name '*[[:cntrl:]]*' -o ! -type f ! -type d ! -type l \) -prune -fprint0 /dev/fd/3 \
    -o -type l ! -exec sh -c 'case $(realpath -m -- "$1") in "$here"/*) exit 0 ;; esac; exit 1' sh '{}' \; -fprint0 /dev/fd/3 \
    -o -print0
