"""Stands in for jvb: a bridge's account in the brewery room; UDP that arrives is sent back. It bridges nothing."""

import os
import socket
import threading

from service import Member, log, serve_health, setting, stay


def echo(port):
    """Sends each datagram back, over IPv6 too where the container has it."""
    listener = open_socket(port)
    log.info("media: UDP %s", port)
    while True:
        data, sender = listener.recvfrom(65535)
        listener.sendto(data, sender)


def open_socket(port):
    try:
        listener = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
        listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
        listener.bind(("::", port))
    except OSError:
        listener = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        listener.bind(("0.0.0.0", port))
    return listener


room = f"{setting('JVB_BREWERY_MUC', 'jvbbrewery')}@{setting('XMPP_INTERNAL_MUC_DOMAIN', 'internal-muc.meet.jitsi')}"
bridge = None
if not setting("JVB_DISABLE_XMPP", ""):
    nick = setting("JVB_MUC_NICKNAME", socket.gethostname())
    bridge = Member(setting("JVB_AUTH_USER", "jvb"), os.environ["JVB_AUTH_PASSWORD"], room, nick)

threading.Thread(target=echo, args=(int(setting("JVB_PORT", "10000")),), daemon=True).start()
serve_health("0.0.0.0", int(setting("JVB_COLIBRI_PORT", "8080")), lambda: (200, "OK"))
stay(bridge)
