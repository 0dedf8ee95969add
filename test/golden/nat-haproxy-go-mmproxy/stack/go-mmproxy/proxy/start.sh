#!/bin/sh
# Starts go-mmproxy as nobody, able to send from foreign addresses and no more: start.sh PORT
set -eu

# Without this list it would believe everybody, so it does not start without.
allowed=/etc/go-mmproxy/allowed.txt
grep -Eq '^[0-9a-f.:]+/[0-9]+$' "$allowed" || {
    echo "$allowed names nobody whose PROXY headers are believed."
    exit 1
}

exec setpriv --reuid 65534 --regid 65534 --clear-groups \
    --inh-caps=-all,+net_raw --ambient-caps=-all,+net_raw --bounding-set=-all,+net_raw \
    go-mmproxy -l 0.0.0.0:4444 -4 "127.0.0.1:$1" -6 "[::1]:$1" --allowed-subnets "$allowed" -v 0
