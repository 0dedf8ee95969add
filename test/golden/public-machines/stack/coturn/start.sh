#!/bin/sh
# Starts the relay with the secret from the environment, and has it load a replaced certificate without dropping calls.
# A file that is named, such as port443.conf, has other addresses than those in turnserver.conf.
set -eu

config=/run/coturn/turnserver.conf

# Every address of this machine, whatever the answers say: no program here is to be reached through the relay.
own_addresses() {
    sed -n '/|-- /{s/.*|-- //;h;};/host LOCAL/{g;p;}' /proc/net/fib_trie
    [ ! -e /proc/net/if_inet6 ] || sed 's/ .*//; s/..../&:/g; s/:$//' /proc/net/if_inet6
}

umask 077
{
    sed -E "${1:+/^(listening-ip|relay-ip|external-ip|prometheus.*)=|^prometheus\$/d}" /etc/coturn/stack/turnserver.conf
    [ -z "${1:-}" ] || cat "/etc/coturn/stack/$1"
    own_addresses | sort -u | sed 's/^/denied-peer-ip=/'
    printf 'static-auth-secret=%s\n' "$TURN_CREDENTIALS"
} >"$config"
unset TURN_CREDENTIALS

fingerprint() { cksum /certs/fullchain.pem /certs/privkey.pem 2>/dev/null || true; }

watch_certificate() {
    seen=$(fingerprint)
    while sleep 20; do
        now=$(fingerprint)
        [ "$now" = "$seen" ] && continue
        echo "The certificate has changed; loading it."
        kill -USR2 1
        seen=$now
    done
}

watch_certificate &
exec turnserver -c "$config"
