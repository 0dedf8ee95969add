#!/bin/sh
# swap.sh NEW OLD PATH... [-- BELOW]: moves each PATH from the directory NEW into the stack (or below BELOW in it), and what
# was there to the directory OLD. All of them or none. Runs in a container for ./stack.
set -u
new=$1 old=$2
shift 2
below=.
paths=
while [ $# -gt 0 ]; do
    case $1 in
        --) below=$2 && break ;;
        *) paths="$paths $1" ;;
    esac
    shift
done

done=
back() {
    echo "$1 could not be replaced; everything is put back." >&2
    for path in $done; do
        mv -- "$below/$path" "$new/$path"
        [ ! -e "$old/$path" ] || mv -- "$old/$path" "$below/$path"
    done
    exit 1
}

rm -rf -- "$old" && mkdir -p -- "$old" || exit 1
for path in $paths; do
    mkdir -p -- "$(dirname -- "$old/$path")" "$(dirname -- "$below/$path")" || back "$path"
    if [ -e "$below/$path" ] || [ -L "$below/$path" ]; then
        # A file is never missing in between: the new one takes its place in one step. Directories cannot do that.
        if [ -d "$below/$path" ]; then
            mv -- "$below/$path" "$old/$path" || back "$path"
        else
            cp -a -- "$below/$path" "$old/$path" || back "$path"
        fi
    fi
    if ! mv -f -- "$new/$path" "$below/$path"; then
        [ -e "$below/$path" ] || [ ! -e "$old/$path" ] || mv -- "$old/$path" "$below/$path"
        back "$path"
    fi
    done="$path $done"
done
