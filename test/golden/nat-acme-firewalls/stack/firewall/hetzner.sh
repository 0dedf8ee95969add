#!/bin/sh
# A cloud firewall of Hetzner for meet.example.org, by hcloud: run it on your own computer, where hcloud is set up.
# It adds what firewall/ports.md names, and “remove” takes exactly that away. It has NOT been tried in a real account.
#
# - With a firewall applied, everything that it does not name is closed; SSH is named.
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
Usage: hetzner.sh COMMAND SERVER
  show     what is to be open; nothing is asked or changed
  apply    open exactly that; run again, it brings it up to date
  remove   take away what apply added
END
}

# The words of a list for JSON.
list() {
  printf '"%s"' "$1"
  shift
  for one; do printf ',"%s"' "$one"; done
}

rule() { printf '{"direction":"in","protocol":"%s","description":"%s",%s"source_ips":[%s]}' "$@"; }

rules() {
  echo '['
  ports | while read -r row protocol first last sources; do
    # shellcheck disable=SC2086 # sources are several words
    rule "$protocol" "$row" "\"port\":\"$(range "$first" "$last")\"," "$(list $sources)"
    echo ','
  done
  # Path MTU discovery needs it.
  rule icmp icmp '' "$(list 0.0.0.0/0 ::/0)"
  echo ']'
}

exists() { hcloud firewall describe "$name" >/dev/null 2>&1; }

# Whether it is applied to the server.
is_applied() {
  number=$(hcloud server describe "$1" -o format='{{.ID}}')
  applied=$(hcloud firewall describe "$name" -o format='{{range .AppliedTo}}{{if .Server}}{{.Server.ID}} {{end}}{{end}}')
  case " $applied" in *" $number "*) return 0 ;; *) return 1 ;; esac
}

apply() {
  if exists; then
    rules | hcloud firewall replace-rules --rules-file - "$name"
  else
    rules | hcloud firewall create --name "$name" --rules-file -
  fi
  is_applied "$1" || hcloud firewall apply-to-resource --type server --server "$1" "$name"
}

remove() {
  exists || fail "There is no firewall $name; nothing was changed."
  if is_applied "$1"; then hcloud firewall remove-from-resource --type server --server "$1" "$name"; fi
  hcloud firewall delete "$name"
}

case ${1:-} in
  show) ports ;;
  apply | remove)
    [ $# = 2 ] || { usage >&2 && exit 2; }
    command -v hcloud >/dev/null || fail 'hcloud is missing: https://github.com/hetznercloud/cli'
    "$@"
    ;;
  *) usage >&2 && exit 2 ;;
esac
