#!/bin/sh
# The port table for firewalld, as ./stack firewall puts it in force. Its zones filter what programs on this server answer; what Docker publishes passes them
# by, in Docker's own zone. So this also keeps direct rules for Docker's chain DOCKER-USER.
set -eu
PATH="$PATH:/usr/local/sbin:/usr/sbin:/sbin"
here=$(cd -- "$(dirname -- "$0")" && pwd)

row() { echo "$@"; }

# What answers on the server itself, SSH first: protocol, port, from where, name. Add lines of your own here or below.
server_ports() {
  row tcp 22 lan ssh
  row tcp 80 lan http
  row tcp 443 lan https
  row udp 10000 lan media
  # Ways in that only this server knows: ./stack firewall finds them.
  [ ! -e "$here/ssh" ] || while read -r port from; do row tcp "$port" "$from" ssh; done <"$here/ssh"
}

# What containers answer, by the port that visitors use. Those of your other containers go here too.
container_ports() {
  row tcp 80 lan http
  row tcp 443 lan https
  row udp 10000 lan media
}
# The containers' ports stand in both lists: an older Docker receives IPv6 with a program on the server.

ssh_port=22/tcp
# Where a local network's addresses come from.
private4='10.0.0.0/8 172.16.0.0/12 192.168.0.0/16 169.254.0.0/16'
private6='fc00::/7 fe80::/10'
# Names of ours: what everybody reaches, what the local network does, and further ways in of this server's owner.
services='jitsi-stack jitsi-stack-lan jitsi-stack-ssh'

usage() {
  cat <<'END'
Usage: firewalld.sh COMMAND, called by ./stack firewall
  plan              what load would change
  load              bring firewalld in line with the port table, for good; it is reloaded when something changed
  save FOLDER       note what is in force
  restore FOLDER    bring that back
  status            what is in force, with counters of what was let in to containers and refused
  remove            take all of it away again; SSH stays open
END
}

fail() {
  printf '%s\n' "$*" >&2
  exit 1
}

permanent() { firewall-cmd -q --permanent "$@"; }

# Everything that is wanted, one thing a line, in the words of firewall-cmd:
# "port SERVICE PORT", "zone SETTING" of the default zone, "direct RULE".
wanted() {
  server_ports | while read -r protocol port from name; do
    case $from in
      internet) service=jitsi-stack ;;
      lan) service=jitsi-stack-lan ;;
      *) service=jitsi-stack-ssh ;;
    esac
    echo "port $service $port/$protocol"
  done | tr : -
  if server_ports | grep -q ' internet '; then echo 'zone service jitsi-stack'; fi
  if server_ports | grep -q ' lan '; then
    for source in $private4 $private6; do echo "zone rich-rule $(rich_rule "$source" lan)"; done
  fi
  server_ports | while read -r protocol port from name; do
    case $from in
      internet | lan) ;;
      *) echo "zone rich-rule $(rich_rule "$from" ssh)" ;;
    esac
  done
  wanted_direct ipv4 "$private4" 32
  wanted_direct ipv6 "$private6" 64
  wanted_limits ipv4 32 127.0.0.0/8
  wanted_limits ipv6 64 ::1/128
}

rich_rule() {
  case $1 in *:*) family=ipv6 ;; *) family=ipv4 ;; esac
  echo "rule family=\"$family\" source address=\"$1\" service name=\"jitsi-stack-$2\" accept"
}

# One source, an address or an IPv6 network of $2 bits, never takes all, and a school of 500 behind it stays below. $3 are
# the addresses that only this server itself has.
wanted_limits() {
  crowd="-m connlimit --connlimit-mask $2 --connlimit-saddr --connlimit-above"
  ours='-m comment --comment jitsi-stack'
  echo "direct $1 filter INPUT 0 -p tcp --syn $crowd 2000 $ours -j DROP"
}

# A chain of our own, to which all traffic towards containers is led; $2 holds the sources of a local network,
# $3 the bits of one source.
wanted_direct() {
  chain="direct $1 filter JITSI-STACK"
  for bridge in docker+ br-+ 'jitsi-0f4ac2ba'; do
    echo "direct $1 filter DOCKER-USER 0 -o $bridge -j JITSI-STACK"
    echo "$chain 0 -i $bridge -j RETURN"
  done
  echo "$chain 0 -m conntrack --ctstate RELATED,ESTABLISHED -j RETURN"
  echo "$chain 1 -p tcp -m connlimit --connlimit-mask $3 --connlimit-saddr --connlimit-above 2000 -j DROP"
  container_ports | while read -r protocol port from name; do
    # DNAT: came in through a published port, and not by a route to the containers' network.
    asked="-p $protocol -m conntrack --ctstate DNAT --ctdir ORIGINAL --ctorigdstport $port -m comment --comment $name -j RETURN"
    if [ "$from" = internet ]; then echo "$chain 2 $asked"; continue; fi
    for source in $2; do echo "$chain 2 -s $source $asked"; done
  done
  echo "$chain 3 -j DROP"
}

# The same for what is there now.
present() {
  for service in $services; do
    firewall-cmd --permanent --service="$service" --get-ports 2>/dev/null | tr ' ' '\n' | sed "/./!d; s/^/port $service /"
  done
  firewall-cmd --permanent --list-services | tr ' ' '\n' | sed -n 's/^jitsi-stack$/zone service &/p'
  firewall-cmd --permanent --list-rich-rules | sed -n 's/.*name="jitsi-stack-\(lan\|ssh\)".*/zone rich-rule &/p'
  # It prints “!” in quotes.
  firewall-cmd --permanent --direct --get-all-rules | tr -d "'" | sed -n '/ filter JITSI-STACK \| -j JITSI-STACK$\|--comment jitsi-stack -j /s/^/direct /p'
}

# Prints what differs from what is wanted, or was noted: "- " is there and not wanted, "+ " is wanted and missing.
compare() {
  sort >"$work/wanted"
  present | sort >"$work/present"
  comm -23 "$work/present" "$work/wanted" | sed 's/^/- /'
  comm -13 "$work/present" "$work/wanted" | sed 's/^/+ /'
}

# Carries out one line of the comparison.
change() {
  case $1 in
    '+') option=add ;;
    '-') option=remove ;;
  esac
  case $2 in
    port) permanent --service="${3%% *}" "--$option-port=${3#* }" ;;
    zone) permanent "--$option-${3%% *}=${3#* }" ;;
    direct)
      # shellcheck disable=SC2086 # a rule is several words
      permanent --direct "--$option-rule" $3
      ;;
  esac
}

changes() {
  while read -r sign kind rest; do change "$sign" "$kind" "$rest" </dev/null; done
}

# What the changes are made in.
declare_names() {
  known=" $(firewall-cmd --permanent --get-services) "
  for service in $services; do
    case $known in *" $service "*) ;; *) permanent --new-service="$service" ;; esac
  done
  chains=$(firewall-cmd --permanent --direct --get-all-chains)
  for chain in 'ipv4 filter DOCKER-USER' 'ipv4 filter JITSI-STACK' 'ipv4 filter JITSI-RELAYED' \
    'ipv6 filter DOCKER-USER' 'ipv6 filter JITSI-STACK' 'ipv6 filter JITSI-RELAYED'; do
    # shellcheck disable=SC2086 # a chain is three words
    printf '%s\n' "$chains" | grep -qx "$chain" || permanent --direct --add-chain $chain
  done
}

start_work() {
  firewall-cmd -q --state || fail 'firewalld is not running. Start it, then Docker anew: sudo systemctl enable --now firewalld && sudo systemctl restart docker'
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
}

# A kernel without IPv6 has nothing to filter there.
programs() {
  echo iptables
  [ ! -e /proc/net/if_inet6 ] || echo ip6tables
}

# Whoever flushes the rules of others leaves firewalld running, with nothing in force.
is_loaded() {
  for program in $(programs); do $program -w -C DOCKER-USER -o 'jitsi-0f4ac2ba' -j JITSI-STACK 2>/dev/null || return 1; done
}

plan() {
  start_work
  wanted | compare
  is_loaded || echo '+ firewall-cmd --reload'
}

load() {
  start_work
  wanted | compare >"$work/changes"
  take_over
}

take_over() {
  if [ -s "$work/changes" ]; then
    declare_names
    changes <"$work/changes"
    firewall-cmd -q --reload
  elif ! is_loaded; then
    firewall-cmd -q --reload
  fi
  remind
}

save() {
  start_work
  present >"$1/present"
}

# With none of ours before, nothing of ours may be left.
restore() {
  if [ ! -s "$1/present" ]; then remove_all; return; fi
  start_work
  compare <"$1/present" >"$work/changes"
  take_over
}

# firewalld throws Docker's rules away when it starts or reloads. Docker notices the latter and makes them again.
remind() {
  systemctl -q is-active docker 2>/dev/null || return 0
  for second in 1 2 3 4 5; do
    if iptables -t nat -S DOCKER >/dev/null 2>&1; then return; fi
    sleep "$second"
  done
  echo "Docker's own rules are missing, so containers have no network: sudo systemctl restart docker" >&2
}

remove() {
  start_work
  keep_ssh
  remove_all
}

remove_all() {
  start_work
  for family in ipv4 ipv6; do permanent --direct --remove-rules $family filter JITSI-STACK; done
  present | sed 's/^/- /' >"$work/changes"
  changes <"$work/changes"
  for service in $services; do permanent --delete-service="$service" 2>/dev/null || :; done
  for family in ipv4 ipv6; do
    drop_chain $family JITSI-STACK
    drop_chain $family JITSI-RELAYED
    # Rules of somebody else's there need the chain.
    firewall-cmd --permanent --direct --get-all-rules | grep -q "^$family filter DOCKER-USER " || drop_chain $family DOCKER-USER
  done
  firewall-cmd -q --reload
  remind
}

drop_chain() { permanent --direct --remove-chain "$1" filter "$2" 2>/dev/null || :; }

# Without our service nothing may be left that lets SSH in.
keep_ssh() {
  if [ "$ssh_port" = 22/tcp ] && permanent --query-service=ssh; then return; fi
  permanent --query-port="$ssh_port" && return
  permanent --add-port="$ssh_port"
  echo "The port of SSH stays open, in case that nothing else lets you in. Where something does: sudo firewall-cmd --permanent --remove-port=$ssh_port"
}

status() {
  firewall-cmd --list-all
  is_loaded || fail 'The rules for containers are not loaded.'
  for program in $(programs); do
    echo
    $program -w -nvL JITSI-STACK
  done
}

case $#${1:-} in
  1plan | 1load | 1status | 1remove | 2save | 2restore) ;;
  *) usage >&2 && exit 2 ;;
esac
[ "$(id -u)" = 0 ] || fail "This needs root: sudo ./stack firewall $1"
command -v firewall-cmd >/dev/null || fail 'firewall-cmd is missing; install the package firewalld.'
"$@"
