# Shared by the stand-ins for Jitsi's images.

fatal() {
	echo "FATAL ERROR: $*" >&2
	exit 1
}

# flag NAME DEFAULT: as Jitsi's templates read a boolean: unset or empty is the default, and a word that is not a
# boolean ("no", "off") is true.
flag() {
	eval "value=\${$1:-}"
	value=$(printf %s "${value:-$2}" | tr -d "\"'")
	case $value in
	0 | f | F | false | FALSE | False) return 1 ;;
	*) return 0 ;;
	esac
}

need() {
	eval "value=\${$1:-}"
	[ -n "$value" ] || fatal "$2 must be set ($1)"
}

check_writable() {
	if ! [ -d "$1" ] || ! touch "$1/.writable" 2>/dev/null; then
		fatal "$1 is not writable by the container user (uid $(id -u)), check the owner of $2 on the host"
	fi
	rm -f "$1/.writable"
}

# s6-overlay is not here, but what it demands of a container is demanded all the same.
check_platform() {
	[ $$ -eq 1 ] || fatal "/init can only run as pid 1; is 'init: true' set?"
	[ "$(id -u)" -eq 1000 ] || fatal "the container runs as uid $(id -u), not as 1000"
	probe=/run/.exec.$$
	if (printf '#!/bin/sh\n' >$probe && chmod +x $probe) 2>/dev/null; then
		$probe 2>/dev/null || fatal "/run is mounted noexec"
		rm -f $probe
	else
		fatal "/run is not writable by uid 1000. (The official image chowns it through a setuid program when" \
			"no-new-privileges is off and no capability was dropped; this stand-in cannot.)"
	fi
	bounding=$(sed -n 's/^CapBnd:[[:space:]]*//p' /proc/self/status)
	privileges=$(sed -n 's/^NoNewPrivs:[[:space:]]*//p' /proc/self/status)
	# CAP_SETGID is bit 6, CAP_SETUID bit 7.
	if [ "$privileges" = 0 ] && [ $((0x$bounding & 0xc0)) -ne 192 ]; then
		fatal "s6-overlay-suexec: without CAP_SETUID and CAP_SETGID, no-new-privileges has to be set"
	fi
	if [ "$privileges" = 1 ] && [ "$(stat -c %u /run)" != 1000 ]; then
		fatal "/run belongs to uid $(stat -c %u /run) and no-new-privileges is set: mount it with uid=1000,gid=1000"
	fi
}
