#!/bin/sh
# check-pair.sh DIRECTORY NAME...: may this fullchain.pem and privkey.pem be put to use for these names?
# Runs as the containers' user for ./stack certs install. Says all that is wrong; 1 when something is.
set -u
cd "$1" || exit 1
shift
wrong=0

refuse() {
    printf '%s\n' "$*" >&2
    wrong=1
}

openssl x509 -in fullchain.pem -noout 2>/dev/null || {
    refuse 'The first file holds no certificate in PEM format (-----BEGIN CERTIFICATE-----).'
    exit 1
}
# fullchain.pem is readable for everybody on the server.
! grep -q 'PRIVATE KEY' fullchain.pem || refuse 'The first file holds a private key too. Leave only certificates in it.'
openssl pkey -in privkey.pem -passin pass: -noout 2>/dev/null || {
    if grep -q ENCRYPTED privkey.pem; then
        refuse 'The key has a pass phrase, and no one is there to type it at a start. Take it off: openssl pkey -in KEY -out KEY.plain'
    else
        refuse 'The second file holds no private key in PEM format.'
    fi
    exit 1
}

certified=$(openssl x509 -in fullchain.pem -noout -pubkey)
[ "$certified" = "$(openssl pkey -in privkey.pem -passin pass: -pubout)" ] || {
    # The usual reason: the chain comes first.
    refuse 'The key does not belong to the first certificate in the file. The certificate of this server has to be first, the chain after it.'
}
openssl x509 -in fullchain.pem -noout -checkend 0 >/dev/null ||
    refuse "The certificate has expired: $(openssl x509 -in fullchain.pem -noout -enddate | sed 's/.*=//')."
begins=$(openssl x509 -in fullchain.pem -noout -startdate | sed 's/.*=//')
[ "$(date -d "$begins" +%s)" -le "$(date +%s)" ] || refuse "The certificate is not valid before $begins."

for name in "$@"; do
    case $name in
        *:*) kind=ip ;;
        *[!0-9.]*) kind=host ;;
        *) kind=ip ;;
    esac
    openssl x509 -in fullchain.pem -noout "-check$kind" "$name" | grep -q 'does match' ||
        refuse "The certificate is not valid for $name."
done

# Each certificate has to be issued by the one after it.
rm -f link.*
awk '/-----BEGIN CERTIFICATE-----/ { n++ } n { print > sprintf("link.%03d", n) }' fullchain.pem
previous='' issuer='' subject=''
for link in link.*; do
    issuer=$(openssl x509 -in "$link" -noout -issuer_hash 2>/dev/null) || {
        refuse "The certificate number ${link#link.} in the file is damaged."
        break
    }
    subject=$(openssl x509 -in "$link" -noout -subject_hash)
    [ -z "$previous" ] || [ "$previous" = "$subject" ] ||
        refuse "The chain is not in order: $(openssl x509 -in "$link" -noout -subject | sed 's/^subject= *//') did not issue the certificate before it."
    previous=$issuer
done
if [ -f link.001 ] && [ ! -f link.002 ] && [ "$issuer" != "$subject" ]; then
    echo 'Note: the file holds no chain, only the certificate. Unless its issuer is known to every device, phones will refuse it: take the file called fullchain or bundle.' >&2
fi
rm -f link.*
[ "$wrong" -eq 0 ] || exit 1
chmod 644 fullchain.pem && chmod 640 privkey.pem
