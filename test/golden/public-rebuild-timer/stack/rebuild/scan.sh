#!/bin/sh
# Looks for known vulnerabilities in the candidates, and writes down what each consists of (SBOM, CycloneDX). Only what its
# maker has mended counts: for the rest there is nothing that a rebuild could take. Exceptions of yours: .trivyignore, .grype.yaml
# shellcheck disable=SC1091,SC2154 # rebuild/facts.sh says what is not said here
set -eu
cd -- "$(dirname -- "$0")/.."
. rebuild/facts.sh
PATH=$PWD/.rebuild/bin:$PATH
mkdir -p .rebuild/sbom
rm -f .rebuild/scanned .rebuild/sbom/*

if [ "$level" = none ]; then
    pass scanned
    say 'These images are not scanned: rebuild.level is none. Next: rebuild/publish.sh'
    exit
fi
if command -v trivy >/dev/null; then
    scanner=trivy
elif command -v grype >/dev/null; then
    scanner=grype
else
    fail 'Neither trivy nor grype is here. Install one of them (rebuild/tools.sh builds grype), or set rebuild.level to none.'
fi

# Trivy counts each severity by itself.
case $level in
    critical) severities=CRITICAL ;;
    high) severities=HIGH,CRITICAL ;;
    *) severities=MEDIUM,HIGH,CRITICAL ;;
esac

scan() {
    case $scanner in
        trivy)
            trivy image --quiet --format cyclonedx --output "$2" "$1" &&
                trivy image --quiet --scanners vuln --ignore-unfixed --severity "$severities" --exit-code 1 "$1"
            ;;
        grype) grype "docker:$1" --only-fixed --fail-on "$level" --output table --output "cyclonedx-json=$2" ;;
    esac
}

bad=
for image in $images; do
    say "Scanning $image"
    scan "$(candidate "$image")" "$(bill_of "$image")" >&2 || bad="$bad $image"
done
[ -z "$bad" ] || fail "Not used, because $scanner fails or names something of level $level or worse, see above:$bad"
pass scanned
say 'Nothing of that level is known. Next: rebuild/publish.sh'
