# Takes away what mikrotik.rsc added for meet.example.org, and nothing else: /import file-name=mikrotik-remove.rsc
/ip firewall nat remove [find where comment~"^jitsi-meet-example-org:"]
/ip firewall filter remove [find where comment~"^jitsi-meet-example-org:"]
/ipv6 firewall filter remove [find where comment~"^jitsi-meet-example-org:"]
