#!/bin/sh
# Makes of a certificate (PEM, on stdin) a key store in which Java finds whom it may believe (JKS, on stdout). Written here because
# openssl makes none that Java takes as one before version 3.2, and Java's own tool is on none of these machines.
set -eu

# What printf prints as bytes: \376\355 and so on.
octal() { od -An -v -to1 | tr -d '\n' | sed 's/ /\\/g'; }
number() { printf '\\%03o\\%03o\\%03o\\%03o' $(($1 / 16777216 % 256)) $(($1 / 65536 % 256)) $(($1 / 256 % 256)) $(($1 % 256)); }

der=$(openssl x509 -outform DER | octal)
[ -n "$der" ] || exit 1
length=$((${#der} / 4))
# Magic number, version 2, one entry of the kind “trusted certificate”; its name; its time, which nobody asks for; its kind.
body="\\376\\355\\376\\355$(number 2)$(number 1)$(number 2)\\000\\007central$(number 0)$(number 0)\\000\\005X.509$(number "$length")$der"
# The password guards nothing, since what is inside is public; Java reads the store without it too. It is spelled in 16 bits a letter.
password=$(printf changeit | sed 's/./\\000&/g')
# shellcheck disable=SC2059 # bytes, not words
digest=$(printf "${password}Mighty Aphrodite$body" | openssl dgst -sha1 -binary | octal)
# shellcheck disable=SC2059
printf "$body$digest"
