#!/bin/sh
# A cloud firewall of DigitalOcean for meet.example.org, by doctl: run it on your own computer, where doctl is set up.
# It adds what firewall/ports.md names, and “remove” takes exactly that away. It has NOT been tried in a real account.
#
# - With a firewall applied, everything that no firewall of the Droplet names is closed; SSH is named.
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
Usage: digitalocean.sh COMMAND DROPLET-ID
  show     what is to be open; nothing is asked or changed
  apply    open exactly that; run again, it brings it up to date
  remove   take away what apply added
END
}

inbound() {
  ports | while read -r row protocol first last sources; do
    printf '%sprotocol:%s,ports:%s' "$(separator "$row")" "$protocol" "$(range "$first" "$last")"
    for source in $sources; do printf ',address:%s' "$source"; done
  done
  # Path MTU discovery needs it.
  printf ' protocol:icmp,address:0.0.0.0/0,address:::/0'
}

# Rules are words of one argument.
separator() { [ "$1" = ssh ] || printf ' '; }

# What no rule names is closed outwards too.
outbound='protocol:tcp,ports:all,address:0.0.0.0/0,address:::/0 protocol:udp,ports:all,address:0.0.0.0/0,address:::/0 protocol:icmp,address:0.0.0.0/0,address:::/0'

# Its identifier, empty when there is none.
firewall() {
  doctl compute firewall list --format Name,ID --no-header | while read -r found id; do
    if [ "$found" = "$name" ]; then echo "$id"; fi
  done
}

apply() {
  id=$(firewall)
  if [ -n "$id" ]; then
    doctl compute firewall update "$id" --name "$name" --droplet-ids "$1" --inbound-rules "$(inbound)" --outbound-rules "$outbound"
  else
    doctl compute firewall create --name "$name" --droplet-ids "$1" --inbound-rules "$(inbound)" --outbound-rules "$outbound"
  fi
}

remove() {
  id=$(firewall)
  [ -n "$id" ] || fail "There is no firewall $name; nothing was changed."
  doctl compute firewall delete "$id" --force
}

case ${1:-} in
  show) ports ;;
  apply | remove)
    [ $# = 2 ] || { usage >&2 && exit 2; }
    command -v doctl >/dev/null || fail 'doctl is missing: https://docs.digitalocean.com/reference/doctl/how-to/install/'
    "$@"
    ;;
  *) usage >&2 && exit 2 ;;
esac
