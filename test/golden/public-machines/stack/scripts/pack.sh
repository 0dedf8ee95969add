#!/bin/sh
# pack.sh STAGING PRUNED PATH...: writes an archive of STAGING/tree and of the paths in the stack to stdout. STAGING/names has what is
# in it, STAGING/left what is not. Runs in a container for ./stack backup.
set -u
staging=$1 pruned=$2
shift 2
here=$PWD
sh scripts/sift.sh "$staging/tree" "$here/$staging/left.tree" '' . >"$staging/names.tree" &&
    sh scripts/sift.sh . "$here/$staging/left.rest" "$pruned" "$@" >"$staging/names.rest" || exit 1
sed -z 's,^\./,,' "$staging/left.tree" | cat - "$staging/left.rest" >"$staging/left"
# Without the tree itself, and with plain names.
sed -z -i '/^\.$/d; s,^\./,,' "$staging/names.tree"
cat "$staging/names.tree" "$staging/names.rest" >"$staging/names"
tar --create --gzip --numeric-owner --hard-dereference --no-recursion --null --verbatim-files-from \
    --directory="$here/$staging/tree" --files-from="$here/$staging/names.tree" \
    --directory="$here" --files-from="$here/$staging/names.rest"
