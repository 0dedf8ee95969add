#!/bin/sh
# Hands what the edge sends on to the server in whose network this runs, under the clients' own addresses: start.sh PORT
set -eu

# Without this list go-mmproxy would believe everybody, so it does not start without.
allowed=/etc/go-mmproxy/allowed.txt
grep -Eq '^[0-9a-f.:]+/[0-9]+$' "$allowed" || {
    echo "$allowed names nobody whose PROXY headers are believed."
    exit 1
}

# Answers go to the clients' own addresses; without this they would leave through the door.
lead_back() {
    ip "$1" rule | grep -q 'lookup 123' || ip "$1" rule add from "$2" iif lo table 123
    ip "$1" route replace local "$3" dev lo table 123
}
lead_back -4 127.0.0.1/8 0.0.0.0/0

# From here on as nobody, able to send from foreign addresses and no more. A server that restarts has another network;
# then this one is a dead end, and Docker starts this anew in the right one once the server is back.
# shellcheck disable=SC2016 # expanded inside
exec setpriv --reuid 65534 --regid 65534 --clear-groups \
    --inh-caps=-all,+net_raw --ambient-caps=-all,+net_raw --bounding-set=-all,+net_raw \
    sh -c '
        watch_network() {
            while grep -q "^ *eth0:" /proc/net/dev; do sleep 2; done
            echo "The network is gone; starting anew with the next."
            sleep 10
            kill 1
        }
        watch_network &
        exec go-mmproxy -l 0.0.0.0:4444 -4 "127.0.0.1:$1" -6 "[::1]:$1" --allowed-subnets "$2" -v 0
    ' sh "$1" "$allowed"
