#!/bin/sh
# The port table for ufw, as ./stack firewall puts it in force. ufw alone filters what programs on this server answer; Docker leads published ports past it.
# So this also keeps a block in ufw's after.rules and after6.rules, for Docker's chain DOCKER-USER.
set -eu
PATH="$PATH:/usr/local/sbin:/usr/sbin:/sbin"
here=$(cd -- "$(dirname -- "$0")" && pwd)

row() { echo "$@"; }

# What answers on the server itself, SSH first: protocol, port, from where, name. Add lines of your own here or below.
server_ports() {
  row tcp 22 internet ssh
  row tcp 80 internet http
  row tcp 443 internet https
  row udp 3478 internet 'turn-udp'
  row tcp 3478 internet 'turn-tcp'
  row tcp 5349 internet 'turn-tls'
  row udp 10000 internet media
  row udp 50000:51999 internet 'turn-relay'
  # Ways in that only this server knows: ./stack firewall finds them.
  [ ! -e "$here/ssh" ] || while read -r port from; do row tcp "$port" "$from" ssh; done <"$here/ssh"
}

# What containers answer, by the port that visitors use. Those of your other containers go here too.
container_ports() {
  row tcp 80 internet http
  row tcp 443 internet https
  row udp 10000 internet media
}
# The containers' ports stand in both lists: an older Docker receives IPv6 with a program on the server.

# Where a local network's addresses come from.
private4='10.0.0.0/8 172.16.0.0/12 192.168.0.0/16 169.254.0.0/16'
private6='fc00::/7 fe80::/10'

begin='# BEGIN jitsi-stack, kept by its ufw.sh'
end='# END jitsi-stack'
etc=/etc/ufw
# Written when ufw was off before.
memory=$here/memory

usage() {
  cat <<'END'
Usage: ufw.sh COMMAND, called by ./stack firewall
  plan              what load would change
  load              bring ufw in line with the port table, and turn it on
  save FOLDER       note how ufw is
  restore FOLDER    bring that back
  status            ufw's rules, and counters of what was let in to containers and refused
  remove            take all of it away again
END
}

fail() {
  printf '%s\n' "$*" >&2
  exit 1
}

is_active() { LC_ALL=C ufw status | grep -q '^Status: active'; }
has_ipv6() { grep -qi '^[[:space:]]*IPV6="\{0,1\}yes' /etc/default/ufw; }

programs() {
  echo iptables
  ! has_ipv6 || echo ip6tables
}

# Whoever flushes the rules of others leaves ufw active, with nothing in force.
is_hooked() {
  iptables -w -C INPUT -j ufw-before-input 2>/dev/null || return 1
  ! has_ipv6 || ip6tables -w -C INPUT -j ufw6-before-input 2>/dev/null
}
is_loaded() {
  is_hooked || return 1
  for program in $(programs); do $program -w -C DOCKER-USER -o 'jitsi-861a1556' -j JITSI-STACK 2>/dev/null || return 1; done
}

# The rules for the server's own ports, spelled as “ufw show added” does: rule, a tab, its name.
wanted_rules() {
  server_ports | while read -r protocol port from name; do
    if [ "$from" = internet ]; then
      printf 'allow %s/%s\t%s\n' "$port" "$protocol" "$name"
      continue
    fi
    case $from in
      lan) sources="$private4 $(if has_ipv6; then echo "$private6"; fi)" ;;
      *) sources=$from ;;
    esac
    for source in $sources; do
      printf 'allow from %s to any port %s proto %s\t%s\n' "$source" "$port" "$protocol" "$name"
    done
  done
}

# Ours are known by their comment. The rules that there are stand in $added.
own_rules() { printf '%s\n' "$added" | sed -n "s/^ufw \(.*\) comment 'jitsi-stack \([^']*\)'\$/\1\t\2/p"; }

# The owner's own rule for the same port is left alone, whether it allows or limits.
is_there() {
  printf '%s\n' "$added" | sed "s/ comment '.*//; s/^ufw limit /ufw allow /" | grep -qxF "ufw $1"
}

missing_rules() {
  wanted_rules | while IFS='	' read -r rule name; do
    is_there "$rule" || printf '%s\t%s\n' "$rule" "$name"
  done
}

stale_rules() {
  wanted=$(wanted_rules)
  own_rules | while IFS='	' read -r rule name; do
    printf '%s\n' "$wanted" | cut -f1 | grep -qxF "$rule" || printf '%s\t%s\n' "$rule" "$name"
  done
}

# What comes before ufw's own rules: one source, an address or an IPv6 network of $1 bits, never takes all, and a school of
# 500 behind it stays below. $2 begins the names of ufw's chains; $3 are the addresses that only this server itself has.
limits() {
  crowd="-m connlimit --connlimit-mask $1 --connlimit-saddr --connlimit-above"
  echo "-I $2-before-input 1 -p tcp --syn $crowd 2000 -j DROP"
  echo "-A JITSI-RELAYED $crowd 1200 -j DROP"
  echo "-I $2-before-input 1 -p udp --dport 3478 -m conntrack --ctstate NEW -j JITSI-RELAYED"
  echo "-I $2-before-input 1 -p tcp --dport 3478 -m conntrack --ctstate NEW -j JITSI-RELAYED"
  echo "-I $2-before-input 1 -p tcp --dport 5349 -m conntrack --ctstate NEW -j JITSI-RELAYED"
  # The relay is user 1000, and has no business with this server's own programs.
  echo "-I $2-before-output 1 ! -s $3 -p udp --sport 50000:51999 -m owner --uid-owner 1000 -m addrtype --dst-type LOCAL -j DROP"
}

# The block for Docker's chain, and what comes before ufw's rules; $1 holds the sources of a local network, the rest is for
# the limits.
block() {
  echo "$begin"
  echo '*filter'
  echo ':DOCKER-USER - [0:0]'
  echo ':JITSI-STACK - [0:0]'
  echo ':JITSI-RELAYED - [0:0]'
  limits "$2" "$3" "$4"
  for bridge in docker+ br-+ 'jitsi-861a1556'; do
    echo "-A DOCKER-USER -o $bridge -j JITSI-STACK"
    echo "-A JITSI-STACK -i $bridge -j RETURN"
  done
  echo '-A JITSI-STACK -m conntrack --ctstate RELATED,ESTABLISHED -j RETURN'
  echo "-A JITSI-STACK -p tcp $crowd 2000 -j DROP"
  container_ports | while read -r protocol port from name; do
    # DNAT: came in through a published port, and not by a route to the containers' network.
    asked="-p $protocol -m conntrack --ctstate DNAT --ctdir ORIGINAL --ctorigdstport $port -m comment --comment $name -j RETURN"
    if [ "$from" = internet ]; then echo "-A JITSI-STACK $asked"; continue; fi
    for source in $1; do echo "-A JITSI-STACK -s $source $asked"; done
  done
  echo '-A JITSI-STACK -j DROP'
  echo 'COMMIT'
  echo "$end"
}

# A rules file without the block.
without_block() { sed "/^$begin\$/,/^$end\$/d" "$1"; }

# The block comes first, so that the rest stays byte for byte, even when it does not end with its line.
with_block() {
  case $1 in
    *6.rules) block "$private6" 64 ufw6 ::1/128 ;;
    *) block "$private4" 32 ufw 127.0.0.0/8 ;;
  esac
  without_block "$1"
}

# Refuses files in which replacing the block would harm what is not ours.
inspect() {
  [ "$(grep -cx "$begin" "$1")" = "$(grep -cx "$end" "$1")" ] ||
    fail "$1: the lines that mark this stack's block are damaged; repair or delete the block by hand."
  if without_block "$1" | grep -q '^:DOCKER-USER'; then
    fail "$1 has other rules for DOCKER-USER (made by ufw-docker?), which cannot work together with these; take them out first."
  fi
}

begin_work() {
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  added=$(ufw show added)
}

prepare() {
  begin_work
  for file in after.rules after6.rules; do
    inspect $etc/$file
    with_block $etc/$file >"$work/$file"
  done
  try_out iptables "$work/after.rules"
  try_out ip6tables "$work/after6.rules"
}

# ufw's own chains are there only while it is active.
try_out() {
  sed -n "/^$begin\$/,/^$end\$/{s/-I ufw6\{0,1\}-before-input 1/-A INPUT/;s/-I ufw6\{0,1\}-before-output 1/-A OUTPUT/;p;}" "$2" |
    "$1-restore" --test --noflush || fail "$1 refuses the rules."
}

plan() {
  prepare
  stale_rules | sed 's/^/- ufw /'
  missing_rules | sed 's/^/+ ufw /'
  diff -u $etc/after.rules "$work/after.rules" || :
  diff -u $etc/after6.rules "$work/after6.rules" || :
  if ! is_active; then echo '+ ufw enable'; elif ! is_loaded; then echo '+ ufw: the rules are not loaded'; fi
}

# Puts new contents into a file of ufw; owner and mode stay, and the file is never half written.
replace() {
  cp -p "$etc/$1" "$etc/$1.new"
  cat "$2" >"$etc/$1.new"
  mv "$etc/$1.new" "$etc/$1"
}

load() {
  prepare
  missing_rules | while IFS='	' read -r rule name; do
    # shellcheck disable=SC2086 # a rule is several words
    ufw $rule comment "jitsi-stack $name"
  done
  for file in after.rules after6.rules; do replace $file "$work/$file"; done
  stale_rules | delete_rules
  if is_active; then
    if is_hooked; then ufw reload; return; fi
    ufw disable
    drop_chains
  else
    echo off >"$memory"
  fi
  ufw --force enable
}

# ufw leads traffic to its chains when it makes them, and not when it finds them.
drop_chains() {
  for program in $(programs); do
    for option in -F -X; do
      for chain in $($program -w -S | sed -n 's/^-N \(ufw6\{0,1\}-[a-z-]*\)$/\1/p'); do $program -w $option "$chain"; done
    done
  done
}

delete_rules() {
  while IFS='	' read -r rule name; do
    # shellcheck disable=SC2086 # a rule is several words
    ufw --force delete $rule </dev/null
  done
}

# ufw's own files, and whether it was on.
save() {
  for file in user.rules user6.rules after.rules after6.rules ufw.conf; do cp -p "$etc/$file" "$1/"; done
}

restore() {
  if grep -qi '^ENABLED=no' "$1/ufw.conf"; then ufw --force disable; fi
  for file in user.rules user6.rules after.rules after6.rules ufw.conf; do
    cmp -s "$1/$file" "$etc/$file" || replace "$file" "$1/$file"
  done
  ! is_active || ufw reload
  if ! grep -qx "$begin" $etc/after.rules || ! is_active; then unhook; fi
}

remove() {
  begin_work
  for file in after.rules after6.rules; do
    inspect $etc/$file
    without_block $etc/$file >"$work/$file"
    cmp -s "$work/$file" $etc/$file || replace $file "$work/$file"
  done
  if [ -e "$memory" ]; then
    ufw --force disable
    own_rules | delete_rules
  else
    ! is_active || ufw reload
    own_rules | grep -v '	ssh$' | delete_rules
    # Nobody is locked out.
    own_rules | while IFS='	' read -r rule name; do
      echo "The rule for SSH stays, in case that nothing else lets you in. Where something does: sudo ufw delete $rule"
    done
  fi
  unhook
}

# Takes out of Docker's chain what ufw leaves there when it reloads or stops.
unhook() {
  for program in iptables ip6tables; do
    for bridge in docker+ br-+ 'jitsi-861a1556'; do
      $program -w -D DOCKER-USER -o "$bridge" -j JITSI-STACK 2>/dev/null || :
    done
    for chain in JITSI-STACK JITSI-RELAYED; do
      if $program -w -F $chain 2>/dev/null; then $program -w -X $chain 2>/dev/null || :; fi
    done
  done
}

status() {
  ufw status verbose
  is_active || fail 'ufw is not active.'
  is_loaded || fail 'ufw is active, but its rules are not loaded.'
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
command -v ufw >/dev/null || fail 'ufw is missing; install the package ufw.'
"$@"
