#!/bin/sh
# The secrets of .env as Secrets of Kubernetes, to be read by nobody but kubectl:
#
#     sh kubernetes/secrets.sh | kubectl apply -n jitsi -f -
#
# Each part of Jitsi gets those that it needs. Nothing is made here: .env keeps them, and git does not.
set -eu
umask 077
cd "$(dirname "$0")/.."
[ -r .env ] || {
    echo '.env is missing. Run npx create-jitsi-stack@latest here, or bring it from where it is.' >&2
    exit 1
}

# The value of a variable in .env, as Compose reads it: without the quotes around it.
value_of() {
    value=$(sed -n "s/^$1=//p" .env | tail -n 1)
    case $value in
    \'*\') value=${value#\'} value=${value%\'} ;;
    \"*\") value=$(printf '%s' "$value" | sed -e 's/^"//' -e 's/"$//' -e 's/\\\(["\\$]\)/\1/g') ;;
    esac
    [ -n "$value" ] || {
        echo "$1 is empty in .env." >&2
        exit 1
    }
    printf '%s' "$value" | base64 | tr -d '\n'
}

# What goes on does so only when all are there.
all=$(
    cat <<EOF
---
apiVersion: v1
kind: Secret
type: Opaque
metadata:
  name: 'jitsi-prosody'
data:
EOF
    value=$(value_of JIBRI_RECORDER_PASSWORD)
    printf '  %s: %s\n' JIBRI_RECORDER_PASSWORD "$value"
    value=$(value_of JIBRI_XMPP_PASSWORD)
    printf '  %s: %s\n' JIBRI_XMPP_PASSWORD "$value"
    value=$(value_of JICOFO_AUTH_PASSWORD)
    printf '  %s: %s\n' JICOFO_AUTH_PASSWORD "$value"
    value=$(value_of JVB_AUTH_PASSWORD)
    printf '  %s: %s\n' JVB_AUTH_PASSWORD "$value"
    value=$(value_of TURN_CREDENTIALS)
    printf '  %s: %s\n' TURN_CREDENTIALS "$value"
    cat <<EOF
---
apiVersion: v1
kind: Secret
type: Opaque
metadata:
  name: 'jitsi-jicofo'
data:
EOF
    value=$(value_of JICOFO_AUTH_PASSWORD)
    printf '  %s: %s\n' JICOFO_AUTH_PASSWORD "$value"
    cat <<EOF
---
apiVersion: v1
kind: Secret
type: Opaque
metadata:
  name: 'jitsi-jvb'
data:
EOF
    value=$(value_of JVB_AUTH_PASSWORD)
    printf '  %s: %s\n' JVB_AUTH_PASSWORD "$value"
    cat <<EOF
---
apiVersion: v1
kind: Secret
type: Opaque
metadata:
  name: 'jitsi-coturn'
data:
EOF
    value=$(value_of TURN_CREDENTIALS)
    printf '  %s: %s\n' TURN_CREDENTIALS "$value"
    cat <<EOF
---
apiVersion: v1
kind: Secret
type: Opaque
metadata:
  name: 'jitsi-jibri'
data:
EOF
    value=$(value_of JIBRI_RECORDER_PASSWORD)
    printf '  %s: %s\n' JIBRI_RECORDER_PASSWORD "$value"
    value=$(value_of JIBRI_XMPP_PASSWORD)
    printf '  %s: %s\n' JIBRI_XMPP_PASSWORD "$value"
)
printf '%s\n' "$all"
