#!/bin/bash
# Makes a small Debian root with the programs that judge rendered files. Arguments: the directory, packages...
# Called under flock, so that two suites that need it at once make it once.
set -euo pipefail

root=$1
shift
[ ! -e "$root/.complete" ] || exit 0
suite=trixie
mirror=${DEBIAN_MIRROR:-http://deb.debian.org/debian}

# dpkg and apt close every descriptor that the limit allows; where it is huge that takes minutes and gigabytes.
ulimit -n 1024

fresh=$root.new
rm -rf --one-file-system "$fresh"
mkdir -p "$fresh"
# A debootstrap older than the suite has no script of that name; all recent suites share one.
script=()
[ -e /usr/share/debootstrap/scripts/$suite ] || script=(/usr/share/debootstrap/scripts/sid)
debootstrap --variant=minbase $suite "$fresh" "$mirror" "${script[@]}"

printf '#!/bin/sh\nexit 101\n' >"$fresh/usr/sbin/policy-rc.d"
chmod +x "$fresh/usr/sbin/policy-rc.d"
echo force-unsafe-io >"$fresh/etc/dpkg/dpkg.cfg.d/unsafe-io"
inside() { DEBIAN_FRONTEND=noninteractive LC_ALL=C chroot "$fresh" "$@"; }
inside apt-get update -q
inside apt-get install -qy --no-install-recommends "$@"
rm -rf "$fresh"/var/cache/apt/archives/*.deb "$fresh"/var/lib/apt/lists/* "$fresh/usr/share/doc" "$fresh/usr/share/man"
touch "$fresh/.complete"
rm -rf --one-file-system "$root"
mv "$fresh" "$root"
