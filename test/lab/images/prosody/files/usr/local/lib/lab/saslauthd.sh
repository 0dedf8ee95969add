#!/bin/sh
# Where AUTH_TYPE is ldap: starts what asks the directory for prosody, with the settings and words that the official image gives it.
set -eu
[ "${AUTH_TYPE:-internal}" = ldap ] || exit 0
folder=/run/saslauthd
mkdir -p $folder
(umask 077 && lua5.4 "${0%/*}/saslauthd.lua" >$folder/saslauthd.conf)
saslauthd -a ldap -O $folder/saslauthd.conf -c -m $folder -n 5
