#!/bin/bash
# Options alone are options of turnserver; each word is expanded once, so that "$(detect-external-ip)" works.
case "${1-}" in -*) set -- turnserver "$@" ;; esac
words=()
for word in "$@"; do words+=("$(eval "echo $word")"); done
exec "${words[@]}"
