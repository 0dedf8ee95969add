#!/bin/sh
# What ./stack firewall calls for nftables. It works on the files beside it; the file ssh, where there is one, names further ways in.
set -eu
PATH="$PATH:/usr/local/sbin:/usr/sbin:/sbin"
cd -- "$(dirname -- "$0")"

bridge='jitsi-88d37956'

usage() {
  cat <<'END'
Usage: nftables.sh COMMAND, called by ./stack firewall
  plan              whether nftables takes the rules; says when they are not loaded
  load              put them in force, in place of those from before
  save FOLDER       note what is in force
  restore FOLDER    bring that back
  status            what is in force, with counters of what was refused
  remove            take the rules away
END
}

fail() {
  printf '%s\n' "$*" >&2
  exit 1
}

# With a container bridge's name on the way to the internet, everybody would pass as a container.
check_uplink() {
  for device in $({ ip -4 route show default; ip -6 route show default; } | sed -n 's/.* dev \([^ ]*\).*/\1/p'); do
    case $device in
      docker0 | docker_gwbridge | br-* | "$bridge")
        fail "The default route uses $device, which these rules take for a bridge of Docker. Rename that interface first."
        ;;
    esac
  done
}

# The rules, and the ways in that only this server knows. All of it is taken in one step, or none.
rules() {
  cat nftables.nft
  [ ! -e ssh ] || while read -r port from; do
    way="add rule inet jitsi_stack ssh"
    case $from in
      internet) echo "$way tcp dport $port accept" ;;
      lan)
        # shellcheck disable=SC2016 # names of sets
        printf '%s ip saddr $private4 tcp dport %s accept\n%s ip6 saddr $private6 tcp dport %s accept\n' "$way" "$port" "$way" "$port"
        ;;
      *:*) echo "$way ip6 saddr $from tcp dport $port accept" ;;
      *) echo "$way ip saddr $from tcp dport $port accept" ;;
    esac
  done <ssh
}

is_loaded() { nft list table inet jitsi_stack >/dev/null 2>&1; }

plan() {
  [ -z "$(tail -c 1 nftables-extra.nft)" ] || fail 'The last line of nftables-extra.nft needs a line break at its end.'
  rules | nft -c -f - || fail 'nftables refuses these rules.'
  check_uplink
  is_loaded || echo '+ table inet jitsi_stack is not loaded'
}

load() { rules | nft -f -; }

save() {
  {
    printf 'table %s\ndelete table %s\n' 'inet jitsi_stack' 'inet jitsi_stack'
    if is_loaded; then nft list table inet jitsi_stack; fi
  } >"$1/before.nft"
}

restore() { nft -f "$1/before.nft"; }

status() {
  is_loaded || fail 'The rules are not loaded.'
  nft list table inet jitsi_stack
}

remove() { ! is_loaded || nft delete table inet jitsi_stack; }

case $#${1:-} in
  1plan | 1load | 1status | 1remove | 2save | 2restore) ;;
  *) usage >&2 && exit 2 ;;
esac
[ "$(id -u)" = 0 ] || fail "This needs root: sudo ./stack firewall $1"
command -v nft >/dev/null || fail 'nft is missing; install the package nftables.'
"$@"
