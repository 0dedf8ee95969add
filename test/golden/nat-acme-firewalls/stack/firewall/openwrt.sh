#!/bin/sh
# For a router with OpenWrt in front of meet.example.org. Copy it there and run: sh openwrt.sh apply
# It adds what firewall/ports.md names and changes nothing else. It has NOT been tried on a router.
#
# - Visitors keep their addresses. OpenWrt leads the local network back inside by itself (NAT reflection).
# - Leave UPnP off for this server.
# - It does not count what one address takes: uci has no words for that. A firewall on the server does.
set -eu

# What every section of this stack begins with.
prefix=jitsi_meet_example_org__
tag='jitsi-meet-example-org'

usage() {
  cat <<'END'
Usage: openwrt.sh COMMAND
  check    show what apply would add
  apply    put it into the router's firewall, in place of what an earlier run added
  remove   take exactly that away again
END
}

# Everything that is wanted, in the words of uci.
wanted() {
  # IPv4: forwarded to the server.
  forward http tcp 80 http
  forward https tcp 443 https
  forward turn_udp udp 3478 'turn-udp'
  forward turn_tcp tcp 3478 'turn-tcp'
  forward turn_tls tcp 5349 'turn-tls'
  forward media udp 10000 media
  # IPv6 is not translated: the ports pass to the server's own address.
  pass ipv6 2001:db8::7 http tcp 80 http
  pass ipv6 2001:db8::7 https tcp 443 https
  pass ipv6 2001:db8::7 turn_udp udp 3478 'turn-udp'
  pass ipv6 2001:db8::7 turn_tcp tcp 3478 'turn-tcp'
  pass ipv6 2001:db8::7 turn_tls tcp 5349 'turn-tls'
  pass ipv6 2001:db8::7 media udp 10000 media
}

number=0

# A section of its own kind, with a name that tells whose it is.
section() {
  number=$((number + 1))
  at="firewall.$prefix${2}_$number"
  echo "set $at=$1"
  echo "set $at.name='$tag: $3'"
  echo "set $at.proto='$4'"
  echo "set $at.dest=lan"
}

forward() {
  section redirect "$1" "$4" "$2"
  echo "set $at.target='DNAT'"
  echo "set $at.family='ipv4'"
  echo "set $at.src=wan"
  echo "set $at.src_dport='$3'"
  echo "set $at.dest_ip='192.168.10.20'"
  echo "set $at.dest_port='$3'"
}

pass() {
  section rule "$3" "$6" "$4"
  echo "set $at.target='ACCEPT'"
  echo "set $at.family='$1'"
  echo "set $at.dest_ip='$2'"
  echo "set $at.dest_port='$5'"
  echo "set $at.src=wan"
}

# What an earlier run added.
present() { uci -q show firewall | sed -n "s/^\(firewall\.${prefix}[A-Za-z0-9_]*\)=.*/\1/p"; }

take_away() {
  present | while read -r one; do uci delete "$one"; done
}

# Half of it is never left behind: what is not committed is thrown away when something fails.
change() {
  if [ -n "$(uci changes firewall)" ]; then
    echo 'The firewall has changes that nobody has saved yet. Save them or drop them first (uci changes firewall).' >&2
    exit 1
  fi
  trap 'uci revert firewall' EXIT
  take_away
  if [ "$1" = apply ]; then wanted | uci batch; fi
  uci commit firewall
  trap - EXIT
  /etc/init.d/firewall restart
}

case ${1:-} in
  check) wanted ;;
  apply)
    change apply
    echo 'The ports are open. Check from outside, as firewall/ports.md says.'
    ;;
  remove)
    change remove
    echo 'What this script added is gone.'
    ;;
  *) usage >&2 && exit 2 ;;
esac
