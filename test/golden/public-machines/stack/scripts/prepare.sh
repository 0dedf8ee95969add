#!/bin/sh
# Makes ready what the containers expect of this directory: owners, directories, readable configuration, and a first
# certificate. Runs in the `prepare` container before all others at every start. It says what it did, and does nothing where
# nothing is wrong.
#
# Containers write below data/ and certs/, and one of them may be in the wrong hands. So all that root does there is to give
# files to the containers' user, never through a link; the rest is done as that user, by as-user.sh.
set -u
cd "$(dirname "$0")/.." || exit 1

# The user of the containers; whoever cloned this directory usually is somebody else.
user=1000

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


need_directory() { { [ -d "$1" ] && [ ! -L "$1" ]; } || fail "$1 has to be a directory, but something else is in its place."; }

# count FIND-ARGUMENTS: a dot for each, because names may hold anything.
count() { find "$@" -printf . | wc -c | tr -d ' '; }

# find enters each directory and names what is in it from there: no link can take the place of one on the way. Devices stay
# root's, whoever put them there.
own() { find "$@" ! -type b ! -type c -execdir chown -h "$owner" '{}' +; }

# What containers write is theirs.
own_data() {
    # Docker makes the directory of a fresh clone, as root.
    [ -n "$(ls -A data)" ] || try chown -h "$user:$user" data
    set -- data -path data/disk -prune -o -path data/prometheus -prune -o -path data/grafana -prune -o \( ! -user "$user" -o ! -group "$user" \)
    wrong=$(count "$@" ! -type b ! -type c)
    [ "$wrong" -eq 0 ] && return
    owner=$user:$user
    try own "$@"
    echo "Owners corrected in data/: $wrong. They are the containers' user ($user) now."
}

# own_apart PATH USER: the same for a directory whose container works as another user. An empty one was just made.
own_apart() {
    path=$1 owner=$2:$2
    set -- data \( -path "$path" -o -path "$path/*" \) \( ! -user "$2" -o ! -group "$2" \)
    wrong=$(count "$@" ! -type b ! -type c)
    [ "$wrong" -eq 0 ] && return
    try own "$@"
    [ -z "$(ls -A "$path")" ] || echo "Owners corrected in $path: $wrong. They are those of its container's user (${owner%:*}) now."
}

# certs/ is shared: the containers' user owns the pair, and the group of whoever cloned the stack may replace it.
own_certificates() {
    [ -n "$(ls -A certs)" ] || try chown -h "$user" certs
    set -- certs ! -user "$user" ! -path certs/README.md
    wrong=$(count "$@" ! -type b ! -type c)
    [ "$wrong" -eq 0 ] && return
    owner=$user
    try own "$@"
    echo "Owners corrected in certs/: $wrong. They are the containers' user ($user) now."
}

# readable PATH GROUP: a strict umask of whoever cloned this hides configuration from the containers. It becomes readable
# for their group alone, because a password may be among it (- stands for everybody). Where another group may write, that one
# keeps its place, and the containers' user becomes the owner instead.
readable() {
    [ -e "$1" ] || return 0
    path=$1 group=$2
    set -- "$path" \( -type d ! -perm -5 -o -type f ! -perm -4 \)
    if [ "$group" != - ]; then
        set -- "$@" ! \( -group "$group" \( -type d -perm -50 -o -type f -perm -40 \) \) \
            ! \( -user "$group" \( -type d -perm -500 -o -type f -perm -400 \) \)
    fi
    hidden=$(count "$@")
    [ "$hidden" -eq 0 ] && return
    if [ "$group" = - ]; then
        try find "$@" -execdir chmod a+rX '{}' +
    else
        try find "$@" -perm -20 ! -group "$group" -execdir chown -h "$group" '{}' + -execdir chmod u+rX '{}' +
        try find "$@" -execdir chgrp -h "$group" '{}' + -execdir chmod g+rX '{}' +
    fi
    echo "Made readable for the containers in $path: $hidden."
}

need_directory data
need_directory certs
own_data
own_certificates
# Read here: a strict umask may hide the script from that user too.
setpriv --reuid "$user" --regid "$user" --clear-groups --inh-caps=-all sh -c "$(cat scripts/as-user.sh)" as-user.sh || exit 1
own_apart data/disk 65534
own_apart data/prometheus 65534
own_apart data/grafana 472
readable acme 1000
readable coturn 1000
readable jitsi/jicofo 1000
readable jitsi/jvb 1000
readable jitsi/machines 1000
readable jitsi/prosody 1000
readable 'jitsi/prosody-plugins' 1000
readable jitsi/web 1000
readable metrics 1000
readable monitoring/grafana 472
readable monitoring/prometheus 65534
readable nginx 1000
