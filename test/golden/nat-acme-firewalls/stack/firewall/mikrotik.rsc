# For a MikroTik router (RouterOS 7) in front of meet.example.org. Copy it to the router, then: /import file-name=mikrotik.rsc
# It adds what firewall/ports.md names and changes nothing else. It has NOT been tried on a MikroTik.
#
# - All of it has a comment that begins with "jitsi-meet-example-org:". What an earlier run added is replaced.
# - Visitors keep their addresses: nothing is masqueraded on the way in.
# - Leave UPnP off for this server, and let no other rule forward these ports.

/ip firewall nat remove [find where comment~"^jitsi-meet-example-org:"]
/ip firewall filter remove [find where comment~"^jitsi-meet-example-org:"]
/ipv6 firewall filter remove [find where comment~"^jitsi-meet-example-org:"]

# IPv4: forwarded to the server.
/ip firewall nat add chain=dstnat action=dst-nat dst-address=203.0.113.7 protocol=tcp dst-port=80 to-addresses=192.168.10.20 comment="jitsi-meet-example-org: http"
/ip firewall nat add chain=dstnat action=dst-nat dst-address=203.0.113.7 protocol=tcp dst-port=443 to-addresses=192.168.10.20 comment="jitsi-meet-example-org: https"
/ip firewall nat add chain=dstnat action=dst-nat dst-address=203.0.113.7 protocol=udp dst-port=3478 to-addresses=192.168.10.20 comment="jitsi-meet-example-org: turn-udp"
/ip firewall nat add chain=dstnat action=dst-nat dst-address=203.0.113.7 protocol=tcp dst-port=3478 to-addresses=192.168.10.20 comment="jitsi-meet-example-org: turn-tcp"
/ip firewall nat add chain=dstnat action=dst-nat dst-address=203.0.113.7 protocol=tcp dst-port=5349 to-addresses=192.168.10.20 comment="jitsi-meet-example-org: turn-tls"
/ip firewall nat add chain=dstnat action=dst-nat dst-address=203.0.113.7 protocol=udp dst-port=10000 to-addresses=192.168.10.20 comment="jitsi-meet-example-org: media"
# The local network by the public address: without this, the server's answers would miss the router.
/ip firewall nat add chain=srcnat action=masquerade connection-nat-state=dstnat src-address=192.168.0.0/16 dst-address=192.168.10.20 comment="jitsi-meet-example-org: hairpin"

# What the filter lets through: a chain of its own, asked before all other rules. No address has more than its share.
/ip firewall filter add chain=jitsi-meet-example-org action=drop connection-state=new protocol=tcp dst-port=80 connection-limit=2000,32 comment="jitsi-meet-example-org: http, too many"
/ip firewall filter add chain=jitsi-meet-example-org action=drop connection-state=new protocol=tcp dst-port=443 connection-limit=2000,32 comment="jitsi-meet-example-org: https, too many"
/ip firewall filter add chain=jitsi-meet-example-org action=drop connection-state=new protocol=udp dst-port=3478 connection-limit=1200,32 comment="jitsi-meet-example-org: turn-udp, too many"
/ip firewall filter add chain=jitsi-meet-example-org action=drop connection-state=new protocol=tcp dst-port=3478 connection-limit=1200,32 comment="jitsi-meet-example-org: turn-tcp, too many"
/ip firewall filter add chain=jitsi-meet-example-org action=drop connection-state=new protocol=tcp dst-port=5349 connection-limit=1200,32 comment="jitsi-meet-example-org: turn-tls, too many"
/ip firewall filter add chain=jitsi-meet-example-org action=accept protocol=tcp dst-port=80 comment="jitsi-meet-example-org: http"
/ip firewall filter add chain=jitsi-meet-example-org action=accept protocol=tcp dst-port=443 comment="jitsi-meet-example-org: https"
/ip firewall filter add chain=jitsi-meet-example-org action=accept protocol=udp dst-port=3478 comment="jitsi-meet-example-org: turn-udp"
/ip firewall filter add chain=jitsi-meet-example-org action=accept protocol=tcp dst-port=3478 comment="jitsi-meet-example-org: turn-tcp"
/ip firewall filter add chain=jitsi-meet-example-org action=accept protocol=tcp dst-port=5349 comment="jitsi-meet-example-org: turn-tls"
/ip firewall filter add chain=jitsi-meet-example-org action=accept protocol=udp dst-port=10000 comment="jitsi-meet-example-org: media"
:local first [/ip firewall filter find where chain=forward dynamic=no]
:if ([:len $first] > 0) do={ /ip firewall filter add chain=forward action=jump jump-target=jitsi-meet-example-org in-interface-list=WAN connection-nat-state=dstnat dst-address=192.168.10.20 place-before=($first->0) comment="jitsi-meet-example-org: way in" }

# IPv6 is not translated: the same ports pass to the server's own address. Nobody's network (/64) has more than its share.
/ipv6 firewall filter add chain=jitsi-meet-example-org action=drop connection-state=new protocol=tcp dst-port=80 connection-limit=2000,64 comment="jitsi-meet-example-org: http, too many"
/ipv6 firewall filter add chain=jitsi-meet-example-org action=drop connection-state=new protocol=tcp dst-port=443 connection-limit=2000,64 comment="jitsi-meet-example-org: https, too many"
/ipv6 firewall filter add chain=jitsi-meet-example-org action=drop connection-state=new protocol=udp dst-port=3478 connection-limit=1200,64 comment="jitsi-meet-example-org: turn-udp, too many"
/ipv6 firewall filter add chain=jitsi-meet-example-org action=drop connection-state=new protocol=tcp dst-port=3478 connection-limit=1200,64 comment="jitsi-meet-example-org: turn-tcp, too many"
/ipv6 firewall filter add chain=jitsi-meet-example-org action=drop connection-state=new protocol=tcp dst-port=5349 connection-limit=1200,64 comment="jitsi-meet-example-org: turn-tls, too many"
/ipv6 firewall filter add chain=jitsi-meet-example-org action=accept protocol=tcp dst-port=80 comment="jitsi-meet-example-org: http"
/ipv6 firewall filter add chain=jitsi-meet-example-org action=accept protocol=tcp dst-port=443 comment="jitsi-meet-example-org: https"
/ipv6 firewall filter add chain=jitsi-meet-example-org action=accept protocol=udp dst-port=3478 comment="jitsi-meet-example-org: turn-udp"
/ipv6 firewall filter add chain=jitsi-meet-example-org action=accept protocol=tcp dst-port=3478 comment="jitsi-meet-example-org: turn-tcp"
/ipv6 firewall filter add chain=jitsi-meet-example-org action=accept protocol=tcp dst-port=5349 comment="jitsi-meet-example-org: turn-tls"
/ipv6 firewall filter add chain=jitsi-meet-example-org action=accept protocol=udp dst-port=10000 comment="jitsi-meet-example-org: media"
:local first6 [/ipv6 firewall filter find where chain=forward dynamic=no]
:if ([:len $first6] > 0) do={ /ipv6 firewall filter add chain=forward action=jump jump-target=jitsi-meet-example-org in-interface-list=WAN dst-address=2001:db8::7 place-before=($first6->0) comment="jitsi-meet-example-org: way in" }
