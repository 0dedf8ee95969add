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

# The public address changes; your router or DynDNS service keeps this name up to date.
name=home.example.dyndns.org

# The address that the internet has for the name; nothing while there is none, or one of the local network's own DNS server.
public_address() {
    getent ahostsv4 "$name" 2>/dev/null | while read -r found _; do
        case $found in
            0.* | 10.* | 127.* | 169.254.* | 192.168.* | 172.1[6-9].* | 172.2[0-9].* | 172.3[01].*) ;;
            100.6[4-9].* | 100.[7-9][0-9].* | 100.1[01][0-9].* | 100.12[0-7].*) ;;
            *) printf '%s\n' "$found" && break ;;
        esac
    done
}

address=$(public_address)

# The relay lends out what it was started with.
watch_address() {
    while sleep 30; do
        now=$(public_address)
        if [ -n "$now" ] && [ "$now" != "$address" ]; then
            echo "The public address is $now now; starting anew."
            kill -s TERM "$relay"
        fi
    done
}

umask 077
{
    sed -E "${1:+/^(listening-ip|relay-ip|external-ip|prometheus.*)=|^prometheus\$/d}" /etc/coturn/stack/turnserver.conf
    [ -z "${1:-}" ] || cat "/etc/coturn/stack/$1"
    own_addresses | sort -u | sed 's/^/denied-peer-ip=/'
    [ -z "$address" ] || printf 'external-ip=%s/%s\ndenied-peer-ip=%s\n' "$address" 192.168.10.20 "$address"
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
# Not as the first process, which nobody inside could end: this shell is that, and hands signals on.
turnserver -c "$config" &
relay=$!
trap 'kill -s USR2 "$relay"' USR2
trap 'kill -s TERM "$relay"' TERM INT
watch_address &
while kill -0 "$relay" 2>/dev/null; do wait "$relay" || true; done
