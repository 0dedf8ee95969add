#!/bin/sh
# Firewall rules of a VPC of Google Cloud for meet.example.org, by gcloud: run it on your own computer, where gcloud is set up.
# It adds what firewall/ports.md names, and “remove” takes exactly that away. It has NOT been tried in a real account.
#
# - Other rules of the network keep doing what they do.
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
Usage: google.sh COMMAND INSTANCE ZONE
  show     what is to be open; nothing is asked or changed
  apply    open exactly that; run again, it brings it up to date
  remove   take away what apply added
END
}

# Network and addresses of the server: rules are for these alone, so it needs no network tag.
look_up() {
  found=$(gcloud compute instances describe "$1" --zone "$2" --format 'value[separator=" "](networkInterfaces[0].network.basename(),networkInterfaces[0].networkIP,networkInterfaces[0].ipv6AccessConfigs[0].externalIpv6)')
  network=${found%% *}
  addresses=
  for address in ${found#* }; do
    case $address in *:*) bits=128 ;; *) bits=32 ;; esac
    addresses="$addresses $address/$bits"
  done
}

# Every rule that is wanted: its name, ports, sources and the server's address. A rule has sources of one family.
wanted() {
  ports | while read -r row protocol first last sources; do
    for address in $addresses; do
      family=$(family_of "$address")
      from=
      for source in $sources; do
        if [ "$(family_of "$source")" = "$family" ]; then from=$from,$source; fi
      done
      [ -z "$from" ] || echo "$name-$row-$family $protocol:$(range "$first" "$last") ${from#,} $address"
    done
  done
}

family_of() { case $1 in *:*) echo ipv6 ;; *) echo ipv4 ;; esac; }

# Its own rules are told by their description.
present() { gcloud compute firewall-rules list --filter "description=$name" --format 'value(name)'; }

apply() {
  look_up "$@"
  there=" $(present | tr '\n' ' ') "
  wanted | while read -r rule allowed from address; do
    case $there in
      *" $rule "*) gcloud compute firewall-rules update "$rule" --rules "$allowed" --source-ranges "$from" --destination-ranges "$address" </dev/null ;;
      *) gcloud compute firewall-rules create "$rule" --description "$name" --network "$network" --direction INGRESS --action ALLOW --rules "$allowed" --source-ranges "$from" --destination-ranges "$address" </dev/null ;;
    esac
  done
  needed=" $(wanted | cut -d ' ' -f 1 | tr '\n' ' ') "
  for rule in $there; do
    case $needed in *" $rule "*) ;; *) gcloud compute firewall-rules delete "$rule" --quiet ;; esac
  done
}

remove() {
  there=$(present)
  [ -n "$there" ] || fail "There are no rules of $name; nothing was changed."
  for rule in $there; do gcloud compute firewall-rules delete "$rule" --quiet; done
}

case ${1:-} in
  show) ports ;;
  apply | remove)
    [ $# = 3 ] || { usage >&2 && exit 2; }
    command -v gcloud >/dev/null || fail 'gcloud is missing: https://cloud.google.com/sdk/docs/install'
    "$@"
    ;;
  *) usage >&2 && exit 2 ;;
esac
