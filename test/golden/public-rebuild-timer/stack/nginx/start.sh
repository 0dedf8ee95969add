#!/bin/sh
# Starts nginx and reloads it when the certificate has been replaced: a renewal needs neither a restart nor Docker's socket.
set -eu

fingerprint() { cksum /certs/fullchain.pem /certs/privkey.pem 2>/dev/null || true; }

watch_certificate() {
    seen=$(fingerprint)
    while sleep 20; do
        now=$(fingerprint)
        [ "$now" = "$seen" ] && continue
        # A half-written pair fails the test and is looked at again.
        if nginx -t -q -c /etc/nginx/stack/nginx.conf; then
            echo "The certificate has changed; reloading."
            kill -HUP 1
            seen=$now
        fi
    done
}

watch_certificate &
exec nginx -c /etc/nginx/stack/nginx.conf -g 'daemon off;'
