# What the other scripts know of this stack; they read this file. Written by create-jitsi-stack, and kept in sync by it.
# shellcheck shell=sh disable=SC2034
export LC_ALL=C

project='meet-example-org'
domain=meet.example.org
url=https://meet.example.org
# Where the images go; empty where they stay on this server.
registry=codeberg.org/example/meet
# The processors that they are built for.
architectures=amd64
# The least severe vulnerability that keeps an image from use; none: nothing is scanned.
level=critical
# All images that are built, and which service each is built for.
images='codeberg.org/example/meet/nginx:1.30 codeberg.org/example/meet/prosody:stable-11146-2 codeberg.org/example/meet/web:stable-11146-2 codeberg.org/example/meet/jicofo:stable-11146-2 codeberg.org/example/meet/jvb:stable-11146-2 codeberg.org/example/meet/oidc:trixie'
built='remember=codeberg.org/example/meet/nginx:1.30 prosody=codeberg.org/example/meet/prosody:stable-11146-2 web=codeberg.org/example/meet/web:stable-11146-2 jicofo=codeberg.org/example/meet/jicofo:stable-11146-2 jvb=codeberg.org/example/meet/jvb:stable-11146-2 oidc=codeberg.org/example/meet/oidc:trixie'
# Which of them each service runs.
services='prepare=codeberg.org/example/meet/nginx:1.30 remember=codeberg.org/example/meet/nginx:1.30 prosody=codeberg.org/example/meet/prosody:stable-11146-2 web=codeberg.org/example/meet/web:stable-11146-2 jicofo=codeberg.org/example/meet/jicofo:stable-11146-2 jvb=codeberg.org/example/meet/jvb:stable-11146-2 oidc=codeberg.org/example/meet/oidc:trixie'
# The services that can be started anywhere: the relay wants this server's addresses, ACME its name.
started='prosody web jicofo jvb oidc'
published='prosody web jvb oidc'
# Who answers for the page in the containers' network, and the image whose curl asks.
page=web:8000
tools=codeberg.org/example/meet/nginx:1.30
# The relay's image, and the one that fetches certificates; empty where the stack has none.
relay=''
authority=''
# The containers' network, and what a trial takes instead, so that it can run beside the stack itself.
network=172.28.0.
trial_network=10.254.254.
network6=''
bridge='jitsi-861a1556'

say() { printf '%s\n' "$*" >&2; }

# What a container says may hold what a terminal obeys instead of showing it; a question mark stands for that.
visible() { sed -E "s/$(printf '[\001-\010\013-\037\177]')|$(printf '\302[\200-\237]')/?/g"; }

fail() {
    say "$(basename -- "$0"): $*"
    exit 1
}

# What has been built and not been tried yet.
candidate() { printf '%s-candidate\n' "$1"; }

# The file that says what an image consists of.
bill_of() { printf '.rebuild/sbom/%s.json\n' "$(printf '%s' "${1##*/}" | tr : _)"; }

id_of() { docker image inspect --format '{{.Id}}' "$1" 2>/dev/null; }

# Lines “image id” of all candidates, as they are now.
candidates() {
    for image in $images; do
        id=$(id_of "$(candidate "$image")") || fail "$image has not been built. rebuild/build.sh does it."
        printf '%s %s\n' "$image" "$id"
    done
}

# What has passed a check is these very images, and no others that were built since.
pass() { candidates >".rebuild/$1"; }
passed() { [ -f ".rebuild/$1" ] && [ "$(candidates)" = "$(cat ".rebuild/$1")" ]; }

need_passed() {
    for check in tried scanned; do
        passed "$check" || fail 'These images have not passed rebuild/trial.sh and rebuild/scan.sh. Nothing was tagged.'
    done
}

# What an image consists of: the layers below its own, the folders that it was built from, and its packages.
content() {
    docker image inspect --format '{{range .RootFS.Layers}}{{println .}}{{end}}' "$1" | sed '/^$/d' | sed '$d'
    docker image inspect --format '{{index .Config.Labels "jitsi-stack.folders"}}' "$1"
    docker run --rm --network none --user 0:0 --entrypoint sh "$1" -c 'dpkg-query -W 2>/dev/null || apk info -v 2>/dev/null || true'
}

# newer_of IMAGE: its candidate; or itself where that has nothing newer, so that nobody has to start anything anew.
newer_of() {
    if [ -n "$(id_of "$1")" ] && [ "$(content "$1")" = "$(content "$(candidate "$1")")" ]; then
        say "$1 is up to date."
        printf '%s\n' "$1"
    else
        candidate "$1"
    fi
}

# The processor of this machine, as images call it.
architecture() {
    case $(uname -m) in
        x86_64) echo amd64 ;;
        aarch64) echo arm64 ;;
        *) uname -m ;;
    esac
}
