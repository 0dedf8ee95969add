#!/bin/sh
# Issues the certificate, renews it, and puts it where the edge and the relay look. Runs for as long as its container.
set -u

names='meet.example.org turn.meet.example.org'
issued=/data/certificates/meet.example.org

# One certificate for all names; a webroot, so that nginx keeps port 80.
lego() {
    domains=
    for name in $names; do domains="$domains --domains $name"; done
    # shellcheck disable=SC2086 # the names hold no blanks
    /lego --path /data --accept-tos --email "$ACME_EMAIL" --server "$ACME_DIRECTORY" \
        $domains --http --http.webroot /var/www/acme "$@"
}

# Changed names need a new certificate, not a renewed one.
wanted() { echo "$ACME_DIRECTORY $names"; }

fetch() {
    if [ -s "$issued.crt" ] && [ "$(cat /data/names 2>/dev/null)" = "$(wanted)" ]; then
        # Newer versions wait a while at random before they renew; this loop has its own pauses.
        case $(/lego renew --help 2>&1) in
            *no-random-sleep*) lego renew --days 30 --no-random-sleep ;;
            *) lego renew --days 30 ;;
        esac
    else
        lego run && wanted >/data/names
    fi
}

# Each file is written beside its place and moved there, the key first: readers never see half a file.
install_pair() {
    [ -s "$issued.crt" ] && [ -s "$issued.key" ] || return 0
    cmp -s "$issued.crt" /certs/fullchain.pem && cmp -s "$issued.key" /certs/privkey.pem && return 0
    umask 027
    cp "$issued.key" /certs/.privkey.new &&
        cp "$issued.crt" /certs/.fullchain.new &&
        mv /certs/.privkey.new /certs/privkey.pem &&
        mv /certs/.fullchain.new /certs/fullchain.pem &&
        echo "A new certificate for $names is in place."
}

# `now` is for ./stack certs renew: one try, and its result.
if [ "${1:-}" = now ]; then
    fetch && install_pair
    exit
fi

trap 'exit 0' TERM INT
while :; do
    touch /tmp/alive
    if fetch && install_pair; then
        pause=43200
    else
        # Let's Encrypt allows five failures an hour for each name.
        pause=1200
        echo "No certificate this time; the next try is in $((pause / 60)) minutes. ./stack certs renew tries at once."
    fi
    sleep "$pause" &
    wait $!
done
