#!/bin/sh
# tell.sh ABOUT TEXT: tells the owner, in every way that has a name in the environment or in .env: NOTIFY_NTFY is the address of a topic of
# ntfy, NOTIFY_WEBHOOK one that takes {"text": "…"}, as Mattermost, Slack and Matrix bridges have it, NOTIFY_MAIL a mailbox, for a machine
# that can send mail. Where there is none of them, the one who called reads it.
set -eu
cd -- "$(dirname -- "$0")/.."
domain=meet.example.org
mailbox=''

say() { printf '%s\n' "$*" >&2; }
fail() {
    say "tell.sh: $*"
    exit 1
}

# The value of a name in .env, without the quotes that people may have put around it; between double ones Compose reads
# \\, \" and \$ as the second of them.
secret() {
    [ -r .env ] || return 0
    sed -n "s/^[[:space:]]*\(export[[:space:]]\{1,\}\)\{0,1\}$1[[:space:]]*=[[:space:]]*//p" .env |
        tail -n 1 | sed "s/[[:space:]]*\$//
            /^'.*'\$/ {
                s/^'\(.*\)'\$/\1/
                b
            }
            /^\".*\"\$/ {
                s/^\"\(.*\)\"\$/\1/
                s/\\\\\([\\\\\"\$]\)/\1/g
            }"
}

ntfy=${NOTIFY_NTFY:-$(secret NOTIFY_NTFY)}
webhook=${NOTIFY_WEBHOOK:-$(secret NOTIFY_WEBHOOK)}
mail=${NOTIFY_MAIL:-$(secret NOTIFY_MAIL)}
mail=${mail:-$mailbox}
title="$domain: $1"
text=$2

# post ADDRESS OPTION...: the address is as good as a password: it is no argument, which ps would show.
post() {
    address=$1
    shift
    command -v curl >/dev/null || fail 'curl is not on this machine, and the message goes by it: sudo apt-get install curl'
    printf 'url = "%s"\n' "$address" | curl --fail --silent --show-error --output /dev/null --max-time 30 --config - "$@"
}

# In JSON, where a line break is \n.
json() {
    printf '%s' "$*" | tr '\t' ' ' | tr -d '\000-\011\013-\037' | sed 's/[\\"]/\\&/g' |
        awk '{ printf "%s%s", (NR > 1 ? "\\n" : ""), $0 }'
}

told='' failed=''
if [ -n "$ntfy" ]; then
    if post "$ntfy" --header "Title: $title" --data-raw "$text"; then told=1; else failed="$failed NOTIFY_NTFY"; fi
fi
if [ -n "$webhook" ]; then
    if post "$webhook" --header 'Content-Type: application/json' --data "{\"text\": \"$(json "$title
$text")\"}"; then told=1; else failed="$failed NOTIFY_WEBHOOK"; fi
fi
if [ -n "$mail" ]; then
    if printf 'To: %s\nSubject: %s\nContent-Type: text/plain; charset=utf-8\n\n%s\n' "$mail" "$title" "$text" | sendmail -t; then
        told=1
    else
        failed="$failed NOTIFY_MAIL"
    fi
fi
[ -z "$failed" ] || say "tell.sh: the message was not taken by:$failed"
if [ -z "$told" ]; then
    say "$title"
    say "$text"
    [ -z "$failed" ] || exit 1
fi
