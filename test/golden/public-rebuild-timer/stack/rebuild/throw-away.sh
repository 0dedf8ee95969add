#!/bin/sh
# Turns names of secrets (stdin, as in .env.example) into lines with values that are good for one run.
set -eu
while IFS= read -r line; do
    case $line in
        *=) printf '%s%s\n' "$line" "$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')" ;;
        *) printf '%s\n' "$line" ;;
    esac
done
