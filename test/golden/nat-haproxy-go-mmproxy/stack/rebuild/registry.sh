# For those who talk to the registry.
# shellcheck shell=sh disable=SC2154 # facts.sh has been read

# The image for one processor, before all of them are there.
part() { printf '%s-next-%s\n' "$1" "${2:-$(architecture)}"; }

# Logs in for this run alone: what Docker keeps of it goes with the run. The token is never an argument, which ps would show.
log_in() {
    [ -n "${REGISTRY_TOKEN:-}" ] || return 0
    plugins=${DOCKER_CONFIG:-${HOME:-/root}/.docker}/cli-plugins
    DOCKER_CONFIG=$(mktemp -d)
    export DOCKER_CONFIG
    trap 'rm -rf "$DOCKER_CONFIG"' EXIT
    trap 'exit 130' INT
    trap 'exit 143' HUP TERM
    [ ! -d "$plugins" ] || ln -s "$plugins" "$DOCKER_CONFIG/cli-plugins"
    printf '%s' "$REGISTRY_TOKEN" | docker login "${registry%%/*}" --username "${REGISTRY_USER:-token}" --password-stdin >/dev/null 2>&1 ||
        fail "${registry%%/*} does not accept REGISTRY_USER and REGISTRY_TOKEN."
}

# How cosign signs here: with a key of yours, or with what the platform says about this run; otherwise not at all.
signer() {
    if ! command -v cosign >/dev/null; then
        return 1
    elif [ -n "${COSIGN_PRIVATE_KEY:-}" ]; then
        echo '--key env://COSIGN_PRIVATE_KEY'
    else
        [ -n "${ACTIONS_ID_TOKEN_REQUEST_URL:-}${SIGSTORE_ID_TOKEN:-}" ]
    fi
}

# attest IMAGE: what it consists of, signed, beside it in the registry.
attest() {
    how=$(signer) || return 0
    digest=$(docker image inspect --format '{{range .RepoDigests}}{{println .}}{{end}}' "$(part "$1")" | grep "^${1%:*}@" | tail -n 1)
    bill=$(bill_of "$1")
    [ -f "$bill" ] || return 0
    # shellcheck disable=SC2086 # options
    cosign attest --yes $how --type cyclonedx --predicate "$bill" "$digest" >&2 || fail "$1 could not be attested."
}
