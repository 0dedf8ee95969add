#!/bin/sh
# A security group of AWS for meet.example.org, by aws: run it on your own computer, where aws is set up.
# It adds what firewall/ports.md names, and “remove” takes exactly that away. It has NOT been tried in a real account.
#
# - Groups add up: another one that opens more keeps doing so. The server may have five.
set -eu

# What everything of this stack is called there.
name='jitsi-meet-example-org'

# Who may reach SSH. Narrow it to your own networks, after trying it out: SSH_SOURCES='198.51.100.0/24'
ssh_sources=${SSH_SOURCES:-0.0.0.0/0 ::/0}
# Who takes part in meetings.
visitors='0.0.0.0/0 ::/0'

row() { echo "$@"; }

# The port table, what firewall/ports.md names: name, protocol, first and last port, sources.
ports() {
  row ssh tcp 22 22 "$ssh_sources"
  row http tcp 80 80 "$visitors"
  row https tcp 443 443 "$visitors"
  row 'turn-udp' udp 3478 3478 "$visitors"
  row 'turn-tcp' tcp 3478 3478 "$visitors"
  row 'turn-tls' tcp 5349 5349 "$visitors"
  row media udp 10000 10000 "$visitors"
}

fail() {
  printf '%s\n' "$*" >&2
  exit 1
}

# "443", or "50000-50199".
range() { if [ "$1" = "$2" ]; then echo "$1"; else echo "$1-$2"; fi; }

usage() {
  cat <<'END'
Usage: aws.sh COMMAND INSTANCE
  show     what is to be open; nothing is asked or changed
  apply    open exactly that; run again, it brings it up to date
  remove   take away what apply added
END
}

# VPC and first network interface of the server.
look_up() {
  found=$(aws ec2 describe-instances --instance-ids "$1" --output text --query 'Reservations[0].Instances[0].[VpcId,NetworkInterfaces[0].NetworkInterfaceId]')
  vpc=${found%%[[:space:]]*}
  interface=${found##*[[:space:]]}
  group=$(aws ec2 describe-security-groups --output text --query 'SecurityGroups[0].GroupId' --filters "Name=vpc-id,Values=$vpc" "Name=group-name,Values=$name")
  groups=$(aws ec2 describe-network-interfaces --network-interface-ids "$interface" --output text --query 'NetworkInterfaces[0].Groups[].GroupId')
}

# One line for each rule, as present prints them: a rule takes one source.
wanted() {
  ports | while read -r _ protocol first last sources; do
    for source in $sources; do echo "$protocol $first $last $source"; done
  done
}

present() {
  aws ec2 describe-security-group-rules --output text --filters "Name=group-id,Values=$group" \
    --query 'SecurityGroupRules[?!IsEgress].[IpProtocol,FromPort,ToPort,CidrIpv4||CidrIpv6,SecurityGroupRuleId]'
}

authorise() {
  case $4 in
    *:*) ranges="Ipv6Ranges=[{CidrIpv6=$4}]" ;;
    *) ranges="IpRanges=[{CidrIp=$4}]" ;;
  esac
  aws ec2 authorize-security-group-ingress --group-id "$group" --ip-permissions "IpProtocol=$1,FromPort=$2,ToPort=$3,$ranges"
}

apply() {
  look_up "$1"
  if [ "$group" = None ]; then
    group=$(aws ec2 create-security-group --group-name "$name" --description 'Jitsi at meet.example.org' --vpc-id "$vpc" --output text --query GroupId)
  fi
  there=$(present | tr '\t' ' ')
  needed=$(wanted)
  printf '%s\n' "$needed" | while read -r protocol first last source; do
    printf '%s\n' "$there" | grep -qF "$protocol $first $last $source " ||
      authorise "$protocol" "$first" "$last" "$source" </dev/null
  done
  printf '%s\n' "$there" | while read -r protocol first last source rule; do
    [ -n "$rule" ] || continue
    printf '%s\n' "$needed" | grep -qxF "$protocol $first $last $source" ||
      aws ec2 revoke-security-group-ingress --group-id "$group" --security-group-rule-ids "$rule" </dev/null
  done
  # Beside the groups that the server has already.
  case " $(echo "$groups" | tr '\t' ' ') " in
    *" $group "*) ;;
    *)
      # shellcheck disable=SC2086 # groups are several words
      aws ec2 modify-network-interface-attribute --network-interface-id "$interface" --groups $groups "$group"
      ;;
  esac
}

remove() {
  look_up "$1"
  [ "$group" != None ] || fail "There is no security group $name; nothing was changed."
  others=$(for one in $groups; do if [ "$one" != "$group" ]; then echo "$one"; fi; done)
  [ -n "$others" ] || fail 'The server has no other security group. Give it another one first: AWS leaves no server without any.'
  # shellcheck disable=SC2086 # groups are several words
  aws ec2 modify-network-interface-attribute --network-interface-id "$interface" --groups $others
  aws ec2 delete-security-group --group-id "$group"
}

case ${1:-} in
  show) ports ;;
  apply | remove)
    [ $# = 2 ] || { usage >&2 && exit 2; }
    command -v aws >/dev/null || fail 'aws is missing: https://aws.amazon.com/cli/'
    "$@"
    ;;
  *) usage >&2 && exit 2 ;;
esac
