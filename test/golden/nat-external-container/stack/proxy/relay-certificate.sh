#!/bin/sh
# Copies the relay's certificate from your own proxy into this stack when it is another one than the relay has: as root, once
# a night. Says nothing when nothing has changed. create-jitsi-stack keeps this file in sync and your edits in it.
#
#   proxy/relay-certificate.sh [FULLCHAIN PRIVKEY]     when your proxy keeps them elsewhere
# Single-quoted code is for a shell elsewhere; names of certificates have no blanks.
# shellcheck disable=SC2016,SC2045
set -eu
name=turn.example.org

fail() {
    printf '%s\n' "relay-certificate.sh: $*" >&2
    exit 1
}

# Paths are meant from where this was called.
from_caller() { case $1 in /*) printf '%s\n' "$1" ;; *) printf '%s\n' "$PWD/$1" ;; esac; }
chain=${1:+$(from_caller "$1")} key=${2:+$(from_caller "$2")}
[ -z "$chain" ] || [ -n "$key" ] || fail 'Two files are needed: the certificate with its chain, and its private key.'
CDPATH='' cd -- "$(dirname -- "$0")/.."
umask 077
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

# Your proxy's files, wherever its container has them; those that are named are this server's.
container='npm-app-1' named=$#
there() {
    if [ "$named" -gt 0 ]; then "$@"; else docker exec "$container" "$@"; fi </dev/null
}

if [ -z "$chain" ]; then
    # The newest pair of certbot's that is for the relay's name.
    found=$(there sh -c 'for file in $(ls -t /etc/letsencrypt/live/*/fullchain.pem 2>/dev/null); do
        openssl x509 -in "$file" -noout -checkhost "$1" | grep -q "does match" && echo "$file" && break
    done' sh "$name") || found=
    chain=$found key=${found%fullchain.pem}privkey.pem
fi
if [ -z "$chain" ] || ! there cat "$chain" >"$work/fullchain.pem" 2>/dev/null || ! there cat "$key" >"$work/privkey.pem" 2>/dev/null; then
    fail "No certificate for $name was found. Name the files: relay-certificate.sh FULLCHAIN PRIVKEY"
fi
if [ ! -s "$work/fullchain.pem" ] || [ ! -s "$work/privkey.pem" ]; then fail "No certificate for $name was found there."; fi
cmp -s "$work/fullchain.pem" certs/fullchain.pem || ./stack certs install "$work/fullchain.pem" "$work/privkey.pem"
