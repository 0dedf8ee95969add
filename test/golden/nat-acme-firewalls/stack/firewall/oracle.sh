#!/bin/sh
# A network security group of Oracle Cloud for meet.example.org, by oci: run it on your own computer, where oci is set up.
# It adds what firewall/ports.md names, and “remove” takes exactly that away. It has NOT been tried in a real account.
#
# - Oracle’s images refuse everything on the server itself as well: firewall/ports.md, “In a cloud”.
set -eu

# What everything of this stack is called there.
name='jitsi-meet-example-org'

# Who may reach SSH. Narrow it to your own networks, after trying it out: SSH_SOURCES='198.51.100.0/24'
ssh_sources=${SSH_SOURCES:-0.0.0.0/0 ::/0}
# Who takes part in meetings.
visitors='0.0.0.0/0 ::/0'

row() { echo "$@"; }

# The port table, what firewall/ports.md names: name, protocol, first and last port, sources.
ports() {
  row ssh tcp 22 22 "$ssh_sources"
  row http tcp 80 80 "$visitors"
  row https tcp 443 443 "$visitors"
  row 'turn-udp' udp 3478 3478 "$visitors"
  row 'turn-tcp' tcp 3478 3478 "$visitors"
  row 'turn-tls' tcp 5349 5349 "$visitors"
  row media udp 10000 10000 "$visitors"
}

fail() {
  printf '%s\n' "$*" >&2
  exit 1
}

# "443", or "50000-50199".
range() { if [ "$1" = "$2" ]; then echo "$1"; else echo "$1-$2"; fi; }

usage() {
  cat <<'END'
Usage: oracle.sh COMMAND INSTANCE-OCID
  show     what is to be open; nothing is asked or changed
  apply    open exactly that; run again, it brings it up to date
  remove   take away what apply added
END
}

# Network card of the server, where it is, and the groups that it has.
look_up() {
  card=$(vnic "$1" id)
  compartment=$(vnic "$1" compartment-id)
  subnet=$(vnic "$1" subnet-id)
  groups=$(oci network vnic get --vnic-id "$card" --query "join(' ', data.\"nsg-ids\")" --raw-output)
  vcn=$(oci network subnet get --subnet-id "$subnet" --query 'data."vcn-id"' --raw-output)
  group=$(oci network nsg list --compartment-id "$compartment" --vcn-id "$vcn" --display-name "$name" --query 'data[0].id' --raw-output)
  case $group in ocid*) ;; *) group= ;; esac
}

vnic() { oci compute instance list-vnics --instance-id "$1" --query "data[0].\"$2\"" --raw-output; }

# The words of a list as JSON.
list() {
  [ $# -gt 0 ] || { echo '[]' && return; }
  printf '["%s"' "$1"
  shift
  for one; do printf ',"%s"' "$one"; done
  echo ']'
}

# All rules of one port, with protocols by their numbers.
rules() {
  row=$1 protocol=$2 first=$3 last=$4
  shift 4
  case $protocol in tcp) number=6 ;; udp) number=17 ;; esac
  separator='['
  for source; do
    printf '%s{"direction":"INGRESS","protocol":"%s","source":"%s","sourceType":"CIDR_BLOCK","isStateless":false,"description":"%s","%sOptions":{"destinationPortRange":{"min":%s,"max":%s}}}' \
      "$separator" "$number" "$source" "$row" "$protocol" "$first" "$last"
    separator=,
  done
  echo ']'
}

apply() {
  look_up "$1"
  if [ -z "$group" ]; then
    group=$(oci network nsg create --compartment-id "$compartment" --vcn-id "$vcn" --display-name "$name" --query data.id --raw-output)
  fi
  # The old ones go when the new ones are there, so nothing is closed between.
  before=$(oci network nsg rules list --nsg-id "$group" --all --query "join(' ', data[].id)" --raw-output)
  ports | while read -r row protocol first last sources; do
    # shellcheck disable=SC2086 # sources are several words
    oci network nsg rules add --nsg-id "$group" --security-rules "$(rules "$row" "$protocol" "$first" "$last" $sources)" </dev/null
  done
  # Twenty-five may be named in one call.
  # shellcheck disable=SC2086 # rules are several words
  for rule in $before; do
    oci network nsg rules remove --nsg-id "$group" --security-rule-ids "$(list "$rule")"
  done
  case " $groups " in
    *" $group "*) ;;
    *)
      # shellcheck disable=SC2086 # groups are several words
      oci network vnic update --vnic-id "$card" --nsg-ids "$(list $groups "$group")" --force
      ;;
  esac
}

remove() {
  look_up "$1"
  [ -n "$group" ] || fail "There is no network security group $name; nothing was changed."
  others=$(for one in $groups; do if [ "$one" != "$group" ]; then echo "$one"; fi; done)
  # shellcheck disable=SC2086 # groups are several words
  oci network vnic update --vnic-id "$card" --nsg-ids "$(list $others)" --force
  oci network nsg delete --nsg-id "$group" --force
}

case ${1:-} in
  show) ports ;;
  apply | remove)
    [ $# = 2 ] || { usage >&2 && exit 2; }
    command -v oci >/dev/null || fail 'oci is missing: https://docs.oracle.com/iaas/Content/API/SDKDocs/cliinstall.htm'
    "$@"
    ;;
  *) usage >&2 && exit 2 ;;
esac
