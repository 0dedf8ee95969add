#!/bin/sh
# Rules of a network security group of Azure for meet.example.org, by az: run it on your own computer, where az is set up.
# It adds what firewall/ports.md names, and “remove” takes exactly that away. It has NOT been tried in a real account.
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
Usage: azure.sh COMMAND RESOURCE-GROUP VM
  show     what is to be open; nothing is asked or changed
  apply    open exactly that; run again, it brings it up to date
  remove   take away what apply added
END
}

# Smaller numbers are asked first; nothing else in the group may have those from here on.
first_priority=${FIRST_PRIORITY:-1000}

# The group of the server's first network interface: it has one, so rules are added to that.
look_up() {
  interface=$(az vm show --resource-group "$1" --name "$2" --query 'networkProfile.networkInterfaces[0].id' --output tsv)
  group=$(az network nic show --ids "$interface" --query networkSecurityGroup.id --output tsv)
  [ -n "$group" ] || fail 'The network interface has no network security group. Make one in the portal first, and give it to the interface.'
  nsg=${group##*/}
  resources=${group#*/resourceGroups/}
  resources=${resources%%/*}
}

# Every rule that is wanted: its name, priority, protocol, ports and source. A rule has sources of one family.
wanted() {
  priority=$first_priority
  ports | while read -r row protocol first last sources; do
    case $protocol in tcp) protocol=Tcp ;; udp) protocol=Udp ;; esac
    number=0
    for source in $sources; do
      echo "$name-$row-$number $priority $protocol $(range "$first" "$last") $source"
      number=$((number + 1))
      priority=$((priority + 1))
    done
  done
}

# Its own rules are told by their description.
present() {
  az network nsg rule list --resource-group "$resources" --nsg-name "$nsg" --query "[?description=='$name'].name" --output tsv
}

delete() { az network nsg rule delete --resource-group "$resources" --nsg-name "$nsg" --name "$1"; }

apply() {
  look_up "$@"
  needed=" $(wanted | cut -d ' ' -f 1 | tr '\n' ' ') "
  # First what is no longer wanted: priorities are given once.
  for rule in $(present); do
    case $needed in *" $rule "*) ;; *) delete "$rule" ;; esac
  done
  wanted | while read -r rule priority protocol range source; do
    az network nsg rule create --resource-group "$resources" --nsg-name "$nsg" --name "$rule" --priority "$priority" \
      --description "$name" --direction Inbound --access Allow --protocol "$protocol" --source-address-prefixes "$source" \
      --destination-port-ranges "$range" --output none </dev/null
  done
}

remove() {
  look_up "$@"
  there=$(present)
  [ -n "$there" ] || fail "There are no rules of $name; nothing was changed."
  for rule in $there; do delete "$rule"; done
}

case ${1:-} in
  show) ports ;;
  apply | remove)
    [ $# = 3 ] || { usage >&2 && exit 2; }
    command -v az >/dev/null || fail 'az is missing: https://learn.microsoft.com/cli/azure/install-azure-cli'
    "$@"
    ;;
  *) usage >&2 && exit 2 ;;
esac
