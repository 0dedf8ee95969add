#!/bin/sh
# send.sh FILE NAME KEEP: FILE goes into the restic repository of the copies; of those of NAME there, the newest KEEP stay. Called by
# ./stack backup, with RESTIC_PASSWORD in the environment.
set -eu
export LC_ALL=C
RESTIC_REPOSITORY=sftp:backup@nas.example.org:meet
export RESTIC_REPOSITORY
file=$1 name=$2 keep=$3
cd "$(dirname "$file")"

# A repository that is away is not made anew: restic refuses to where one is.
if ! said=$(restic --quiet cat config </dev/null 2>&1); then
    restic --quiet init </dev/null || {
        printf '%s\n' "$said" >&2
        exit 1
    }
fi
restic --quiet backup --host "$name" --tag jitsi-stack -- "${file##*/}" </dev/null
restic --quiet forget --host "$name" --tag jitsi-stack --group-by host,tags --keep-last "$keep" --prune </dev/null
