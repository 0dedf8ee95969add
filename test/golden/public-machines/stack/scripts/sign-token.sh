#!/bin/sh
# sign-token.sh: stdin has a secret and a line of claims; prints the token (RFC 7519, HS256). The secret is never an argument,
# which openssl's own HMAC would make of it.
set -eu
IFS= read -r secret
IFS= read -r claims

url64() { openssl base64 -A | tr '+/' '-_' | tr -d '='; }
bytes() { od -An -v -tu1 | tr -s ' \n' '  '; }

# RFC 2104: a key is filled up to a block of 64 bytes, and a longer one is hashed first.
if [ ${#secret} -gt 64 ]; then
    key=$(printf '%s' "$secret" | openssl dgst -sha256 -binary | bytes)
else
    key=$(printf '%s' "$secret" | bytes)
fi
# padded NUMBER: the key with every byte changed by it.
padded() {
    count=0
    # shellcheck disable=SC2086 # a list of numbers
    set -- "$1" $key
    pad=$1
    shift
    while [ $count -lt 64 ]; do
        byte=$((${1:-0} ^ pad))
        # shellcheck disable=SC2059 # one byte in octal digits
        printf "\\$(printf '%03o' "$byte")"
        [ $# -eq 0 ] || shift
        count=$((count + 1))
    done
}

head=$(printf '{"alg":"HS256","typ":"JWT"}' | url64)
body=$(printf '%s' "$claims" | url64)
signature=$({
    padded 92
    {
        padded 54
        printf '%s.%s' "$head" "$body"
    } | openssl dgst -sha256 -binary
} | openssl dgst -sha256 -binary | url64)
printf '%s.%s.%s\n' "$head" "$body" "$signature"
