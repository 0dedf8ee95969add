#!/bin/sh
# Which machines have signed in, as jicofo says inside its container; ./stack bridges, recorders, status and check ask. With “list” it
# says so of each (“no”, “yes”; a bridge that does not answer any more is “silent”, and “drained” gets no new meetings; a recorder may be
# “busy” or “ill”), otherwise in lines “state name words”.
set -eu

bridges='central b1 b2'
recorders=r1
at=http://127.0.0.1:8888

# Jicofo knows each by its place in the room of its kind: a bridge as jvbbrewery@…/NAME, a recorder as NAME. One whose machine is gone
# stays there for a while; of a bridge, jicofo's own questions tell: it is not “operational” then. Behind the word of a bridge stands
# whose version it does not have, if so: that of the first one, which is this server's.
states=$(curl -fsS --max-time 5 "$at/debug" | tr -d ' \n' | awk -v bridges="$bridges" -v recorders="$recorders" '
function said_of(text, key) {
    place = index(text, key)
    said = substr(text, place)
    said = place ? substr(said, 1, index(said, "}")) : ""
    return place
}
function text_of(key) {
    place = index(said, "\"" key "\":\"")
    text_after = substr(said, place + length(key) + 4)
    return place ? substr(text_after, 1, index(text_after, "\"") - 1) : ""
}
# Before a bridge has told it, jicofo writes “null”.
function differs(name) {
    version = text_of("version")
    if (version == "" || version == "null") return ""
    version = version " " text_of("release")
    if (first == "") { first = name; wanted = version }
    return version == wanted ? "" : " " first
}
{
    count = split(bridges, list, " ")
    for (number = 1; number <= count; number++) {
        word = said_of($0, "/" list[number] "\":{") ? "yes" : "no"
        if (index(said, "\"drain\":true")) word = "drained"
        if (index(said, "\"operational\":false")) word = "silent"
        print list[number], word differs(list[number])
    }
    text = substr($0, index($0, "\"jibri_detector\":{"))
    count = split(recorders, list, " ")
    for (number = 1; number <= count; number++) {
        word = said_of(text, "\"" list[number] "\":{") ? "yes" : "no"
        if (index(said, "\"busy_status\":\"BUSY\"")) word = "busy"
        if (index(said, "\"health_status\":\"UNHEALTHY\"")) word = "ill"
        print list[number], word
    }
}')
[ -n "$states" ] || exit 1
if [ "${1:-}" = list ]; then
    printf '%s\n' "$states" | cut -d ' ' -f 1,2
    exit
fi

# those WORD NAMES: all of these that are in this state, with commas.
those() { printf '%s\n' "$states" | awk -v word="$1" -v names=" $2 " '$2 == word && index(names, " " $1 " ") { printf "%s%s", comma, $1; comma = ", " }'; }
number() { printf '%s\n' "$1" | wc -w | tr -d ' '; }

if [ -n "$bridges" ]; then
    missing=$(those no "$bridges") silent=$(those silent "$bridges") drained=$(those drained "$bridges")
    if [ -z "$missing$silent" ]; then
        echo "ok bridges all $(number "$bridges") have signed in${drained:+; without new meetings until ./stack drain --off there: $drained}"
    fi
    [ -z "$missing" ] || echo "critical bridges not signed in: $missing. ./stack status on that machine says why"
    [ -z "$silent" ] || echo "critical bridges-silent signed in, and answering no more: $silent. The machine or the network on the way is down; meetings go to the others"
    others=$(printf '%s\n' "$states" | awk 'NF > 2 { printf "%s%s", comma, $1; comma = ", " }')
    [ -z "$others" ] ||
        echo "warning bridge-releases of another release than $(printf '%s\n' "$states" | awk 'NF > 2 { print $3; exit }'): $others. Those of two releases share no meeting: update what is behind, each as its README says"
fi
if [ -n "$recorders" ]; then
    missing=$(those no "$recorders") ill=$(those ill "$recorders") busy=$(those busy "$recorders")
    if [ -z "$missing$ill" ]; then
        echo "ok recorders all $(number "$recorders") have signed in${busy:+; in a meeting now: $busy}"
    fi
    [ -z "$missing" ] || echo "critical recorders not signed in: $missing. ./stack status on that machine says why"
    [ -z "$ill" ] || echo "critical recorders-ill signed in, and not well: $ill. ./stack logs on that machine says why"
fi
