#!/bin/sh
# Stands in for git ($REAL_GIT). Call number GIT_DIES is not allowed to write to files, as if the power went in the middle of it, and
# takes its caller along; the calls are counted in GIT_CALLS.
if [ -n "$GIT_CALLS" ]; then
    printf . >> "$GIT_CALLS"
    if [ "${GIT_DIES:-0}" -ne 0 ] && [ "$(wc -c < "$GIT_CALLS")" -eq "$GIT_DIES" ]; then
        caller=$PPID
        (
            ulimit -f 0
            trap - XFSZ
            exec "$REAL_GIT" "$@"
        ) > /dev/null 2>&1
        kill -9 "$caller"
        exit 137
    fi
fi
exec "$REAL_GIT" "$@"
