#!/bin/sh
# Starts the candidates as a stack of their own - other name, network and secrets, no open port - and uses it: all have to
# become healthy, the page has to open, the relay to relay. Nothing of it is left, however it ends.
# shellcheck disable=SC1091,SC2154 # rebuild/facts.sh says what is not said here
set -eu
cd -- "$(dirname -- "$0")/.."
. rebuild/facts.sh
trial=.rebuild/trial

compose() {
    docker compose --project-name "$project-trial" --project-directory "$trial" --env-file .rebuild/secrets \
        --file "$trial/compose.yaml" --file .rebuild/candidates.yaml --file .rebuild/trial.yaml "$@"
}

# What containers wrote belongs to them.
clear_away() {
    [ -d "$trial" ] || return 0
    docker run --rm --network none --user 0:0 --entrypoint rm --mount "type=bind,source=$PWD/.rebuild,target=/rebuild" \
        "$(candidate "$tools")" -rf /rebuild/trial
}

finish() {
    code=$?
    trap - EXIT
    set +e
    [ ! -f "$trial/compose.yaml" ] || compose down --volumes --timeout 5 >/dev/null 2>&1
    clear_away
    exit "$code"
}

candidates >/dev/null
clear_away
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' HUP TERM

mkdir -p "$trial"
tar -cf - --exclude ./.git --exclude ./.rebuild --exclude ./.env --exclude ./data --exclude ./backups --exclude './certs/*.pem' \
    --exclude './compose.override.*' . | tar -xf - -C "$trial"
# Beside the stack itself there is no room for its network: everything moves into another one.
escaped() { printf '%s' "$1" | sed 's/[.]/\\./g'; }
find "$trial" -type f -exec sed -i \
    -e "s/\(^\|[^0-9.]\)$(escaped "$network")/\1$trial_network/g" \
    -e "s/${network6:-no network6}/fd74:7269:616c::/g" \
    -e "s/\(bridge.name: *\)$bridge\$/\1trial0/" {} +
{
    echo 'services:'
    for name in $published; do echo "  $name: {ports: !reset []}"; done
} >.rebuild/trial.yaml

say 'Starting the candidates.'
# shellcheck disable=SC2086 # a list of names
compose up --detach --no-build $started >.rebuild/trial.log 2>&1 || true

# Lines “name state” of those that are not healthy.
unwell() {
    for name in $started; do
        id=$(compose ps --all --quiet "$name" 2>/dev/null)
        state=$(docker inspect --format '{{.State.Status}} {{if .State.Health}}{{.State.Health.Status}}{{end}}' "${id:-none}" 2>/dev/null) ||
            state=missing
        [ "$state" = 'running healthy' ] || printf '%s %s\n' "$name" "$state"
    done
}

end=$(($(date +%s) + ${TRIAL_TIMEOUT:-300}))
while bad=$(unwell) && [ -n "$bad" ] && [ "$(date +%s)" -lt "$end" ]; do
    case $bad in
        *starting*) sleep 2 ;;
        *) break ;;
    esac
done
[ -z "$bad" ] || {
    visible <.rebuild/trial.log >&2
    printf '%s\n' "$bad" | while read -r name state; do
        say "$name is $state. The end of its log:"
        compose logs --no-color --no-log-prefix --tail 30 "$name" </dev/null | visible >&2 || true
    done
    fail 'The candidates do not become healthy. Nothing was tagged.'
}

# open PATH WORD: the answer is a good one and has the word in it.
open() {
    docker run --rm --network "$project-trial_meet.jitsi" --entrypoint curl "$(candidate "$tools")" --fail --silent --show-error \
        --insecure --max-time 20 --connect-to "::$page" "https://meet.example.org$1" | grep -qi -- "$2" ||
        fail "$url$1 does not open with the candidates. Nothing was tagged."
}
open / '<html'
open /config.js config
open /http-bind .

if [ -n "$relay" ]; then
    # A relay of its own, that somebody asks for an address and sends something through.
    docker run --rm --network none --cap-drop ALL --cap-add NET_BIND_SERVICE --entrypoint sh "$(candidate "$relay")" -c '
        turnserver -n --no-cli --no-tls --no-dtls -L 127.0.0.1 -E 127.0.0.1 --allow-loopback-peers --lt-cred-mech \
            -u trial:trial -r trial --pidfile /tmp/turnserver.pid --log-file stdout >/tmp/turnserver.log 2>&1 &
        for second in 1 2 3 4 5; do
            sleep 1
            turnutils_uclient -u trial -w trial -y -n 1 -m 1 -c 127.0.0.1 >/tmp/client.log 2>&1 && exit
        done
        cat /tmp/turnserver.log /tmp/client.log
        exit 1' >.rebuild/relay.log 2>&1 || {
        visible <.rebuild/relay.log >&2
        fail 'The candidate of the relay lends out no address, see above. Nothing was tagged.'
    }
fi
if [ -n "$authority" ]; then
    docker run --rm --network none --entrypoint lego "$(candidate "$authority")" --version >&2 ||
        fail 'The candidate that fetches certificates does not start. Nothing was tagged.'
fi

pass tried
say 'All candidates work. Next: rebuild/scan.sh'
