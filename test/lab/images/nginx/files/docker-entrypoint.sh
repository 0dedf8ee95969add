#!/bin/sh
# Runs /docker-entrypoint.d/*.sh before nginx, as nginx's own image does; its other scripts are not here.
set -e
case "$1" in
nginx | nginx-debug)
	for script in /docker-entrypoint.d/*.sh; do
		if [ -x "$script" ]; then "$script"; fi
	done
	;;
esac
exec "$@"
