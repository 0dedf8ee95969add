#!/bin/sh
# Makes ready what the containers expect of this directory: directories, owners, readable configuration, and a first
# certificate. Runs in the `prepare` container before all others at every start, as root without a network. It says what
# it did, and does nothing where nothing is wrong.
set -u
cd "$(dirname "$0")/.." || exit 1

# The user of the containers; whoever cloned this directory usually is somebody else.
user=1000
certificate_names='meet.example.org turn.example.org'

fail() {
    echo "$*" >&2
    exit 1
}

# Runs a command; its failure becomes a sentence.
try() {
    output=$("$@" 2>&1) && return
    case $output in
        *'Read-only file system'*) fail "The file system of this directory is read-only, so the containers cannot write to data/. ($output)" ;;
        *'No space left'* | *'quota exceeded'*) fail "The disk is full. Free some space, then start again. ($output)" ;;
        *) fail "This did not work: $* ($output)" ;;
    esac
}

count() { wc -l | tr -d ' '; }

# directory PATH MODE OWNER
directory() {
    [ -d "$1" ] && return
    { [ ! -e "$1" ] && [ ! -L "$1" ]; } || fail "$1 has to be a directory, but something else is in its place."
    try mkdir -p "$1"
    try chmod "$2" "$1"
    try chown "$3" "$1"
    echo "Made $1."
}

# What containers write is theirs.
own_data() {
    wrong=$(find data \( ! -user "$user" -o ! -group "$user" \) -print | count)
    [ "$wrong" -eq 0 ] && return
    try find data \( ! -user "$user" -o ! -group "$user" \) -exec chown -h "$user:$user" '{}' +
    echo "Owners corrected in data/: $wrong. They are the containers' user ($user) now."
}

# certs/ is shared: the containers' user owns the pair, and the group of whoever cloned the stack may replace it.
own_certificates() {
    wrong=$(find certs ! -user "$user" ! -path certs/README.md -print | count)
    if [ "$wrong" -ne 0 ]; then
        try find certs ! -user "$user" ! -path certs/README.md -exec chown -h "$user" '{}' +
        echo "Owners corrected in certs/: $wrong. They are the containers' user ($user) now."
    fi
    [ -z "$(find certs -type d ! -perm -775 -print)" ] || try find certs -type d ! -perm -775 -exec chmod ug+rwx,o+rx '{}' +
}

# A strict umask of whoever cloned this hides configuration from the containers.
readable() {
    [ -e "$1" ] || return
    hidden=$(find "$1" \( -type d ! -perm -5 \) -o \( -type f ! -perm -4 ! -name '*.key' ! -name '*privkey*' ! -name '*-key.pem' \) | count)
    if [ "$hidden" -ne 0 ]; then
        try find "$1" \( -type d -o -type f ! -name '*.key' ! -name '*privkey*' ! -name '*-key.pem' \) -exec chmod a+rX '{}' +
        echo "Made $hidden files and directories in $1 readable for the containers."
    fi
    # A private key of the owner's is for the containers' user alone.
    set -- "$1" -type f \( -name '*.key' -o -name '*privkey*' -o -name '*-key.pem' \) ! -perm -4 ! \( -group "$user" -perm -40 \) ! \( -user "$user" -perm -400 \)
    hidden=$(find "$@" | count)
    [ "$hidden" -eq 0 ] && return
    try find "$@" -exec chgrp "$user" '{}' + -exec chmod g+r '{}' +
    echo "Made private keys in $1 readable for the containers, and nobody else: $hidden."
}

there() { [ -e "$1" ] || [ -L "$1" ]; }

first_certificate() {
    # An earlier run was killed between its last two steps.
    there certs/fullchain.pem || ! there certs/privkey.pem || [ ! -s certs/.first/fullchain.pem ] ||
        try mv certs/.first/fullchain.pem certs/fullchain.pem
    try rm -rf certs/.first
    if there certs/fullchain.pem && there certs/privkey.pem; then
        for file in certs/fullchain.pem certs/privkey.pem; do
            [ -s "$file" ] || fail "$file is empty or leads nowhere. Put the right file there, or remove both for a new self-signed pair."
        done
        return
    fi
    there certs/fullchain.pem && fail 'certs/fullchain.pem is there, but its key certs/privkey.pem is missing. Put the key back, or remove both for a new self-signed pair.'
    there certs/privkey.pem && fail 'certs/privkey.pem is there, but its certificate certs/fullchain.pem is missing. Put it back, or remove both for a new self-signed pair.'

    alternatives=
    for name in $certificate_names; do
        case $name in
            *:*) kind=IP ;;
            *[!0-9.]*) kind=DNS ;;
            *) kind=IP ;;
        esac
        alternatives=$alternatives${alternatives:+,}$kind:$name
    done
    umask 077
    try mkdir certs/.first
    # A common name has 64 characters at most; browsers look at the alternative names only.
    try openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -sha256 -days 3650 \
        -subj '/CN=Self-signed by create-jitsi-stack' -addext "subjectAltName=$alternatives" \
        -keyout certs/.first/privkey.pem -out certs/.first/fullchain.pem
    umask 022
    try chmod 640 certs/.first/privkey.pem
    try chmod 644 certs/.first/fullchain.pem
    try chown "$user" certs/.first/privkey.pem certs/.first/fullchain.pem
    try mv certs/.first/privkey.pem certs/privkey.pem
    try mv certs/.first/fullchain.pem certs/fullchain.pem
    try rmdir certs/.first
    echo "Made a self-signed certificate for $certificate_names. Browsers warn about it until the real one is there."
}

# stable-11146 and stable-11146-1 kept accounts one directory further up, where no later release looks for them. Whoever
# brings such a directory along gets them moved; what is in use already is not replaced.
gather_accounts() {
    below=data/prosody/data
    above=${below%/*}
    for host in "$above"/*%2e*; do
        [ -d "$host" ] || continue
        find "$host" -type f -o -type l | while IFS= read -r file; do
            to=$below/${file#"$above"/}
            there "$to" && continue
            try mkdir -p "${to%/*}"
            try mv -- "$file" "$to"
        done || exit 1
        try find "$host" -depth -type d -empty -delete
        if [ -d "$host" ]; then
            try mkdir -p "$above/replaced"
            try mv -T -- "$host" "$above/replaced/${host##*/}-$(date -u +%Y%m%dT%H%M%SZ)"
            echo "Accounts of ${host##*/} were moved to $below; those that are there already are the ones in use, and their older versions are in $above/replaced."
        else
            echo "Accounts of ${host##*/} were moved to $below."
        fi
    done
}


[ -w . ] || fail 'The file system of this directory is read-only, so the containers cannot write to data/.'
free=$(df -P -k . | awk 'NR == 2 { print $4 }')
[ "${free:-0}" -ge 1024 ] || fail "The disk is full: $free KiB are left. Free some space, then start again."

directory data 755 "$user:$user"
directory certs 755 "$user"
directory 'data/acme-challenge' 0755 "$user:$user"
directory data/prosody 0750 "$user:$user"
directory data/acme 0700 "$user:$user"
gather_accounts
own_data
first_certificate
own_certificates
readable acme
readable coturn
readable jitsi/jicofo
readable jitsi/jvb
readable jitsi/prosody
readable 'jitsi/prosody-plugins'
readable jitsi/web
readable nginx
# Nothing has to wait for this copy.
sh scripts/remember.sh || true
