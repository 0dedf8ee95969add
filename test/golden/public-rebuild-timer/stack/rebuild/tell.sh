#!/bin/sh
# tell.sh SENTENCE: tells the owner, who says in the environment or in .env how: NOTIFY_WEBHOOK is an address that takes
# {"text": "…"}, as Mattermost, Slack and Matrix bridges have it; NOTIFY_MAIL an address for this machine's own mail.
# shellcheck disable=SC1091,SC2154 # rebuild/facts.sh says what is not said here
set -eu
cd -- "$(dirname -- "$0")/.."
. rebuild/facts.sh

setting() {
    [ -r .env ] || return 0
    sed -n "s/^$1=//p" .env | tail -n 1 | sed "s/^\"\(.*\)\"\$/\1/; s/^'\(.*\)'\$/\1/"
}
webhook=${NOTIFY_WEBHOOK:-$(setting NOTIFY_WEBHOOK)}
mail=${NOTIFY_MAIL:-$(setting NOTIFY_MAIL)}
text="$domain: $*"

told=
if [ -n "$webhook" ]; then
    body=$(printf '%s' "$text" | tr '\n\t' '  ' | tr -d '\000-\037' | sed 's/[\\"]/\\&/g')
    # The address is as good as a password: it is no argument, which ps would show.
    printf 'url = "%s"\n' "$webhook" |
        curl --fail --silent --show-error --output /dev/null --max-time 30 --config - \
            --header 'Content-Type: application/json' --data "{\"text\": \"$body\"}" || fail 'NOTIFY_WEBHOOK does not take the message.'
    told=1
fi
if [ -n "$mail" ]; then
    printf 'To: %s\nSubject: %s\nContent-Type: text/plain; charset=utf-8\n\n%s\n' "$mail" "$domain: images" "$text" |
        sendmail -t || fail 'sendmail does not take the message for NOTIFY_MAIL.'
    told=1
fi
[ -n "$told" ] || say "$text"
