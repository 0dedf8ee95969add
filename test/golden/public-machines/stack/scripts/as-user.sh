#!/bin/sh
# What prepare.sh has done as the containers' user, who is nobody outside data/ and certs/: the directories that are written
# to, accounts in the right place, and a first certificate.
set -u
umask 022
certificate_names='meet.example.org turn.meet.example.org'
certificate_source=acme

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


there() { [ -e "$1" ] || [ -L "$1" ]; }

# directory PATH MODE: nothing on the way to it may be a link.
directory() {
    way=
    for part in $(printf '%s' "$1" | tr / ' '); do
        way=$way${way:+/}$part
        ! there "$way" || { [ -d "$way" ] && [ ! -L "$way" ]; } ||
            fail "$way has to be a directory, but something else is in its place."
    done
    [ ! -d "$1" ] || return 0
    try mkdir -p "$1"
    try chmod "$2" "$1"
    echo "Made $1."
}

# Whether the pair was made here, and for other names than today's.
is_outdated() {
    subject=$(openssl x509 -in certs/fullchain.pem -noout -subject 2>/dev/null) || return 1
    issuer=$(openssl x509 -in certs/fullchain.pem -noout -issuer 2>/dev/null)
    [ -n "$subject" ] && [ "${subject#subject}" = "${issuer#issuer}" ] || return 1
    # Earlier versions put the name into the subject; among a stack's own pairs only its own are signed by themselves.
    case $subject in
        *'Self-signed by create-jitsi-stack'*) ;;
        *) [ "$certificate_source" = self-signed ] || return 1 ;;
    esac
    for name in $certificate_names; do
        case $name in
            *:*) kind=ip ;;
            *[!0-9.]*) kind=host ;;
            *) kind=ip ;;
        esac
        openssl x509 -in certs/fullchain.pem -noout "-check$kind" "$name" | grep -q 'does match' || return 0
    done
    return 1
}

first_certificate() {
    # An earlier run was killed between its last steps.
    if ! there certs/fullchain.pem && [ -s certs/.first.pem ]; then
        [ ! -s certs/.first.key ] || try mv -T certs/.first.key certs/privkey.pem
        try mv -T certs/.first.pem certs/fullchain.pem
    fi
    if there certs/fullchain.pem && there certs/privkey.pem; then
        for file in certs/fullchain.pem certs/privkey.pem; do
            { [ -f "$file" ] && [ -s "$file" ]; } || fail "$file is empty or leads nowhere. Put the right file there, or remove both for a new self-signed pair."
        done
        is_outdated || return 0
    fi
    ! there certs/fullchain.pem || there certs/privkey.pem ||
        fail 'certs/fullchain.pem is there, but its key certs/privkey.pem is missing. Put the key back, or remove both for a new self-signed pair.'
    ! there certs/privkey.pem || there certs/fullchain.pem ||
        fail 'certs/privkey.pem is there, but its certificate certs/fullchain.pem is missing. Put it back, or remove both for a new self-signed pair.'

    alternatives=
    for name in $certificate_names; do
        case $name in
            *:*) kind=IP ;;
            *[!0-9.]*) kind=DNS ;;
            *) kind=IP ;;
        esac
        alternatives=$alternatives${alternatives:+,}$kind:$name
    done
    # Made where no container sees it, and only moved into certs/: a link there is replaced, not written through.
    made=$(mktemp -d) || fail 'There is no place to make a certificate in.'
    # A common name has 64 characters at most; browsers look at the alternative names only.
    try openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -sha256 -days 3650 \
        -subj '/CN=Self-signed by create-jitsi-stack' -addext "subjectAltName=$alternatives" \
        -keyout "$made/privkey.pem" -out "$made/fullchain.pem"
    try chmod 640 "$made/privkey.pem"
    try chmod 644 "$made/fullchain.pem"
    # First onto the same disk, then to their names: nobody ever sees half a file.
    try mv -T "$made/privkey.pem" certs/.first.key
    try mv -T "$made/fullchain.pem" certs/.first.pem
    # Without the old certificate, a run that is killed here is finished by the next one.
    ! there certs/fullchain.pem || try mv -T certs/fullchain.pem certs/.replaced.pem
    ! there certs/privkey.pem || try mv -T certs/privkey.pem certs/.replaced.key
    try mv -T certs/.first.key certs/privkey.pem
    try mv -T certs/.first.pem certs/fullchain.pem
    rmdir "$made"
    echo "Made a self-signed certificate for $certificate_names. Browsers warn about it until the real one is there."
}

# stable-11146 and stable-11146-1 kept accounts one directory further up, where no later release looks for them. Whoever
# brings such a directory along gets them moved; what is in use already is not replaced.
#
# Their keeper owns all of this, may be at work meanwhile, and may be in the wrong hands. So directories are opened first and looked
# at then: what is moved stays in them, whatever their names have come to mean. And what cannot be moved keeps nothing from starting.
gather_accounts() {
    below=data/prosody/data
    above=${below%/*}
    for host in "$above"/*%2e*; do
        { [ -d "$host" ] && [ ! -L "$host" ]; } || continue
        name=${host##*/}
        shown=$(printf '%s' "$name" | tr -c '[:alnum:]%._-' '?')
        (gather_host) || echo "Accounts of $shown stay in $above, where nobody looks for them."
    done
}

gather_host() {
    there "$below" || try mkdir -m 750 "$below"
    (move_what_is_new "$name" "$above" "$below") 3<"$above/." 4<"$below/." || return 1
    [ ! -d "$host" ] || try find "$host" -depth -type d -empty -delete
    if ! there "$host"; then
        echo "Accounts of $shown were moved to $below."
        return
    fi
    there "$above/replaced" || try mkdir -m 750 "$above/replaced"
    (opened 4 "$above/replaced" && try mv -T -- "$host" "/proc/self/fd/4/$name-$(date -u +%Y%m%dT%H%M%SZ)") 4<"$above/replaced/." || return 1
    echo "Accounts of $shown were moved to $below; those that are there already are the ones in use, and their older versions are in $above/replaced."
}

# move_what_is_new NAME FROM TO: with the two directories open as 3 and 4. What is there on both sides stays where it is.
move_what_is_new() {
    opened 3 "$2" && opened 4 "$3" || return 1
    from=/proc/self/fd/3/$1 to=/proc/self/fd/4/$1
    if ! there "$to"; then
        try mv -T -n -- "$from" "$to"
    elif [ -d "$from" ] && [ ! -L "$from" ]; then
        for file in "$from"/* "$from"/.[!.]*; do
            there "$file" || continue
            (move_what_is_new "${file##*/}" "$2/$1" "$3/$1") 3<"$2/$1/." 4<"$3/$1/." || return 1
        done
    fi
}

# opened N PATH: descriptor N is this directory, and no link led there.
opened() { [ "$(readlink "/proc/self/fd/$1")" = "$(pwd -P)/$2" ] || fail "There is a link in $2."; }


[ -w data ] || fail 'The file system of this directory is read-only, so the containers cannot write to data/.'
free=$(df -P -k data | awk 'NR == 2 { print $4 }')
[ "${free:-0}" -ge 1024 ] || fail "The disk is full: $free KiB are left. Free some space, then start again."
directory 'data/acme-challenge' 0755
directory data/prosody 0750
directory data/acme 0700
directory data/disk 0755
directory data/prometheus 0750
directory data/grafana 0750
gather_accounts
[ -z "$(find certs -maxdepth 0 ! -perm -775)" ] || try chmod ug+rwx,o+rx certs
first_certificate
