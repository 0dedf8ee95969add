#!/bin/sh
# Loads the firewall in nftables.nft. Run it as root.
set -eu
PATH="$PATH:/usr/local/sbin:/usr/sbin:/sbin"
cd -- "$(dirname -- "$0")"

installed=/etc/jitsi-stack
unit=jitsi-stack-firewall.service
unit_file=/etc/systemd/system/$unit
bridge='jitsi-861a1556'
seconds=${CONFIRM_SECONDS:-60}

usage() {
  cat <<'END'
Usage: nftables.sh COMMAND [--yes]
  check     ask nftables whether the rules are valid; nothing is loaded
  apply     load them until the next boot; unless you confirm within a minute, the rules from before come back
  install   apply, then load them at every boot, before Docker starts
  status    what is loaded, with counters of what was refused
  remove    take the rules away, now and at boot
--yes confirms in advance.
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

check() {
  [ -z "$(tail -c 1 nftables-extra.nft)" ] || fail 'The last line of nftables-extra.nft needs a line break at its end.'
  nft -c -f nftables.nft || fail 'nftables refuses these rules; nothing was changed.'
  check_uplink
}

is_loaded() { nft list table inet jitsi_stack >/dev/null 2>&1; }

# The rules as they are now, in a file that brings them back.
save() {
  printf 'table %s\ndelete table %s\n' 'inet jitsi_stack' 'inet jitsi_stack'
  if is_loaded; then nft list table inet jitsi_stack; fi
}

# Waits in a process of its own: a frozen or closed connection does not stop it. Whoever renames the file has decided.
expire() {
  trap '' HUP INT TERM
  left=$seconds
  while [ "$left" -gt 0 ] && [ -e "$work/pending" ]; do
    sleep 1
    left=$((left - 1))
  done
  if mv "$work/pending" "$work/expired" 2>/dev/null; then
    nft -f "$work/before.nft"
    rm -rf "$work"
    kill -s USR1 $$ 2>/dev/null || :
  fi
}

apply() {
  check
  if [ "$confirmed" = yes ]; then
    nft -f nftables.nft
    echo 'The rules are loaded.'
    return
  fi
  work=$(mktemp -d)
  save >"$work/before.nft"
  : >"$work/pending"
  trap 'fail "Not confirmed in time: the rules from before are back."' USR1
  expire &
  nft -f nftables.nft
  echo 'The rules are loaded. Now open a second connection to this server, and the site in a browser.'
  printf 'Does everything answer? Type yes within %s seconds to keep the rules: ' "$seconds"
  answer=
  read -r answer || :
  if [ "$answer" = yes ] && mv "$work/pending" "$work/confirmed" 2>/dev/null; then
    rm -rf "$work"
    echo 'The rules stay.'
  elif mv "$work/pending" "$work/refused" 2>/dev/null; then
    nft -f "$work/before.nft"
    rm -rf "$work"
    fail 'Not confirmed: the rules from before are back.'
  else
    fail 'Not confirmed in time: the rules from before are back.'
  fi
}

# Ordered as the distributions order their own nftables.service, which throws everybody's rules away when it is
# restarted or reloaded: these follow it.
unit_text() {
  nft=$(command -v nft)
  cat <<END
[Unit]
Description=Firewall of the Jitsi stack
DefaultDependencies=no
After=nftables.service local-fs.target
PartOf=nftables.service
ReloadPropagatedFrom=nftables.service
Wants=network-pre.target
Before=network-pre.target docker.service shutdown.target
Conflicts=shutdown.target

[Service]
Type=oneshot
RemainAfterExit=yes
WorkingDirectory=$installed
ExecStart=$nft -f nftables.nft
ExecReload=$nft -f nftables.nft
ExecStop=$nft delete table inet jitsi_stack

[Install]
WantedBy=sysinit.target
END
}

# Copies, so that a boot neither depends on this directory nor loads a half-finished edit.
install_unit() {
  command -v systemctl >/dev/null || fail 'This server has no systemd: have your init system run “nft -f nftables.nft” in this directory.'
  apply
  mkdir -p "$installed"
  cp nftables.nft nftables-extra.nft "$installed/"
  unit_text >"$unit_file"
  systemctl daemon-reload
  systemctl -q enable "$unit"
  systemctl reload-or-restart "$unit"
  echo "They are loaded at every boot, from $installed."
}

status() {
  if is_loaded; then nft list table inet jitsi_stack; else echo 'The rules are not loaded.'; fi
  if [ ! -e "$unit_file" ]; then
    echo 'They are not loaded at boot. To have that: nftables.sh install'
  elif cmp -s nftables.nft "$installed/nftables.nft" && cmp -s nftables-extra.nft "$installed/nftables-extra.nft"; then
    echo 'They are loaded at boot.'
  else
    echo "Other rules than these are loaded at boot, from $installed. To bring them up to date: nftables.sh install"
  fi
}

remove() {
  if [ -e "$unit_file" ]; then
    systemctl -q disable --now "$unit" || :
    rm -f "$unit_file"
    systemctl daemon-reload
  fi
  rm -f "$installed/nftables.nft" "$installed/nftables-extra.nft"
  rmdir "$installed" 2>/dev/null || :
  if is_loaded; then nft delete table inet jitsi_stack; fi
  echo 'The rules are gone.'
}

command=${1:-}
confirmed=no
case ${2:-} in
  '') ;;
  --yes) confirmed=yes ;;
  *) usage >&2 && exit 2 ;;
esac
case $command in
  check | apply | install | status | remove) ;;
  *) usage >&2 && exit 2 ;;
esac
[ "$(id -u)" = 0 ] || fail 'This needs root: sudo ./firewall/nftables.sh '"$command"
command -v nft >/dev/null || fail 'nft is missing; install the package nftables.'
case $command in
  check) check && echo 'The rules are valid.' ;;
  apply) apply ;;
  install) install_unit ;;
  status) status ;;
  remove) remove ;;
esac
