#!/bin/sh
# For ./stack check, in the container of Prometheus: a line “state name words” for each rule of rules.yml.
set -eu
answer=$(wget -q -O - http://127.0.0.1:9090/api/v1/rules)
case $answer in
    *'"status":"success"'*) ;;
    *) exit 1 ;;
esac
printf '%s\n' "$answer" | sed 's/{"state":"/\n&/g' |
    sed -n 's/^{"state":"\([a-z]*\)","name":"\([^"]*\)".*"labels":{"severity":"\([a-z]*\)"},"annotations":{"summary":"\([^"]*\)"}.*/\1 \3 \2 \4/p' |
    while read -r state severity name words; do
        if [ "$state" = firing ]; then echo "$severity $name $words"; else echo "ok $name as it should be"; fi
    done
