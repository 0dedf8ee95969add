"""Stands in for jvb: a bridge's account in the brewery room, and beside it the program that answers browsers."""

import os
import signal
import socket
import subprocess
import threading

from service import Member, log, setting, stay

program = "/usr/share/jitsi-videobridge"


def answer_browsers():
    """The container ends with it, as the official one does."""
    command = [
        *("java", "-Xmx" + setting("VIDEOBRIDGE_MAX_MEMORY", "3072m"), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
        *("-Dconfig.file=/run/jvb/config/jvb.conf", "-Djava.io.tmpdir=/tmp", "-cp", f"{program}/classes:{program}/lib/*"),
        *("lab.Bridge", setting("JVB_COLIBRI_PORT", "8080")),
    ]
    status = subprocess.run(command, stderr=subprocess.STDOUT).returncode
    log.error("the bridge ended with %s", status)
    os._exit(1)


room = f"{setting('JVB_BREWERY_MUC', 'jvbbrewery')}@{setting('XMPP_INTERNAL_MUC_DOMAIN', 'internal-muc.meet.jitsi')}"
bridge = None
if not setting("JVB_DISABLE_XMPP", ""):
    nick = setting("JVB_MUC_NICKNAME", socket.gethostname())
    bridge = Member(setting("JVB_AUTH_USER", "jvb"), os.environ["JVB_AUTH_PASSWORD"], room, nick)

# As s6-overlay does, when it is asked to end.
signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
threading.Thread(target=answer_browsers, daemon=True).start()
stay(bridge)
