#!/bin/sh
# For ./stack check, in the container of Prometheus: a line “state name words” for each rule of rules.yml.
set -eu
answer=$(wget -q -O - http://127.0.0.1:9090/api/v1/rules)
case $answer in
    *'"status":"success"'*) ;;
    *) exit 1 ;;
esac
printf '%s\n' "$answer" | sed 's/{"state":"/\n&/g' |
    while read -r rule; do
        said=$(printf '%s\n' "$rule" | sed -n 's/^{"state":"\([a-z]*\)","name":"\([^"]*\)".*"labels":{"severity":"\([a-z]*\)"},"annotations":{"summary":"\([^"]*\)"}.*/\1 \3 \2 \4/p')
        read -r state severity name words <<SAID
$said
SAID
        # Which machines, where there are several.
        machines=$(printf '%s\n' "$rule" | sed 's/{"labels":/\n&/g' |
            sed -n '/"state":"firing"/s/^{"labels":{[^}]*"machine":"\([^"]*\)".*/\1/p' | sort -u | tr '\n' ' ')
        case $state in
            '') ;;
            firing) echo "$severity $name $words${machines:+ (${machines% })}" ;;
            *) echo "ok $name as it should be" ;;
        esac
    done
