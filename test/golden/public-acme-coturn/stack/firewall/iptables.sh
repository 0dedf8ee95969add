#!/bin/sh
# What ./stack firewall calls for iptables. It works on the files beside it; the file ssh, where there is one, names further ways in.
set -eu
PATH="$PATH:/usr/local/sbin:/usr/sbin:/sbin"
cd -- "$(dirname -- "$0")"

# Where a local network's addresses come from.
sources4='10.0.0.0/8 172.16.0.0/12 192.168.0.0/16 169.254.0.0/16'
sources6='fc00::/7 fe80::/10'
chains='JITSI-INPUT JITSI-OUTPUT JITSI-CONTAINERS JITSI-PORTS JITSI-TURN JITSI-OWNER'

usage() {
  cat <<'END'
Usage: iptables.sh COMMAND, called by ./stack firewall
  plan              whether iptables takes the rules; says when they are not loaded
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

# A kernel without IPv6 has nothing to filter there.
programs() {
  echo iptables
  [ ! -e /proc/net/if_inet6 ] || echo ip6tables
}

# The rules, the owner's, and the ways in that only this server knows. All of it is taken in one step, or none.
rules() {
  sed '/^COMMIT$/d' iptables.rules
  cat iptables-extra.rules
  [ ! -e ssh ] || while read -r port from; do
    way="-p tcp -m conntrack --ctorigdstport $port -j RETURN"
    case $from in
      internet) echo "-I JITSI-PORTS 1 $way" ;;
      lan)
        for source in $sources4; do echo "-4 -I JITSI-PORTS 1 -s $source $way"; done
        for source in $sources6; do echo "-6 -I JITSI-PORTS 1 -s $source $way"; done
        ;;
      *:*) echo "-6 -I JITSI-PORTS 1 -s $from $way" ;;
      *) echo "-4 -I JITSI-PORTS 1 -s $from $way" ;;
    esac
  done <ssh
  echo COMMIT
}

# What leads to our chains, in front of the rules of others: chain, then rule.
hooks() {
  echo INPUT -j JITSI-INPUT
  echo OUTPUT -j JITSI-OUTPUT
  for bridge in docker+ br-+ 'jitsi-861a1556'; do echo "DOCKER-USER -o $bridge -j JITSI-CONTAINERS"; done
}

is_loaded() {
  hooks | while read -r hook; do
    # shellcheck disable=SC2086 # a rule is several words
    "$1" -w -C $hook 2>/dev/null || exit 1
  done
}

plan() {
  [ -z "$(tail -c 1 iptables-extra.rules)" ] || fail 'The last line of iptables-extra.rules needs a line break at its end.'
  for program in $(programs); do
    rules | "$program-restore" -w --test --noflush || fail "$program refuses these rules."
    is_loaded "$program" || echo "+ $program: the rules are not loaded"
  done
}

load() {
  for program in $(programs); do
    rules | "$program-restore" -w --noflush
    hook "$program"
  done
}

# Docker keeps the chain that it finds when it starts.
hook() {
  "$1" -w -N DOCKER-USER 2>/dev/null || :
  hooks | while read -r chain rule; do
    # shellcheck disable=SC2086 # a rule is several words
    "$1" -w -C $chain $rule 2>/dev/null || "$1" -w -I $chain 1 $rule
  done
}

save() {
  for program in $(programs); do
    {
      echo '*filter'
      "$program-save" -t filter | grep -E "^(:|-A )($(echo "$chains" | tr ' ' '|')) " || :
      echo COMMIT
    } >"$1/$program"
  done
}

restore() {
  for program in $(programs); do
    if grep -q '^:JITSI-INPUT ' "$1/$program"; then
      "$program-restore" -w --noflush <"$1/$program"
      hook "$program"
    else
      unhook "$program"
    fi
  done
}

unhook() {
  hooks | while read -r hook; do
    # shellcheck disable=SC2086 # a rule is several words
    "$1" -w -D $hook 2>/dev/null || :
  done
  for chain in $chains; do "$1" -w -F "$chain" 2>/dev/null || :; done
  # Docker's own stays with Docker, and goes where nobody uses it.
  for chain in $chains DOCKER-USER; do "$1" -w -X "$chain" 2>/dev/null || :; done
}

status() {
  for program in $(programs); do
    is_loaded "$program" || fail "$program: the rules are not loaded."
    for chain in $chains; do "$program" -w -nvL "$chain"; done
  done
}

remove() { for program in $(programs); do unhook "$program"; done; }

case $#${1:-} in
  1plan | 1load | 1status | 1remove | 2save | 2restore) ;;
  *) usage >&2 && exit 2 ;;
esac
[ "$(id -u)" = 0 ] || fail "This needs root: sudo ./stack firewall $1"
command -v iptables-restore >/dev/null || fail 'iptables is missing; install the package iptables.'
"$@"
