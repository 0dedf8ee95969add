#!/bin/sh
# Options alone are options of haproxy; it runs in the foreground, as master and worker.
set -e
case "${1-}" in -*) set -- haproxy "$@" ;; esac
if [ "$1" = haproxy ]; then
	shift
	set -- haproxy -W -db "$@"
fi
exec "$@"
