#!/bin/sh
# Starts nginx and reloads it when the certificate has been replaced: a renewal needs neither a restart nor Docker's socket.
set -eu

# What a container has to be made with for these files. Where they have come after it, only a new container has what they
# count on, such as ports: see fits.
# shellcheck disable=SC2034 # read below, from the file.
definition=e746ad6c0fc1

# Asked of the file as it is now, because this shell has read an earlier one.
fits() { [ "${STACK_DEFINITION-}" = "$(sed -n 's/^definition=//p' "$0")" ]; }

fingerprint() { cksum /certs/fullchain.pem /certs/privkey.pem 2>/dev/null || true; }

watch_certificate() {
    seen=$(fingerprint)
    said=
    while sleep 20; do
        now=$(fingerprint)
        [ "$now" = "$seen" ] && continue
        if ! fits; then
            [ "$now" = "$said" ] || echo 'The certificate has changed, and so have the files, which need a new container. The certificate of before stays until ./stack up.'
            said=$now
            continue
        fi
        # A half-written pair fails the test and is looked at again.
        if nginx -t -q -c /etc/nginx/stack/nginx.conf; then
            echo "The certificate has changed; reloading."
            kill -HUP 1
            seen=$now
        fi
    done
}

fits || echo 'These files need a container that is made anew; this one may shut the page. ./stack up makes it.'
watch_certificate &
exec nginx -c /etc/nginx/stack/nginx.conf -g 'daemon off;'
