"""The recorder in the room of its kind, where it says whether it is in a meeting; with the words of Jibri's own log, which scripts look for."""

import asyncio
import os
import socket

from slixmpp.xmlstream import ET

from service import Member, log, setting
from trust import authorities

JIBRI = "http://jitsi.org/protocol/jibri"


class Presence(Member):
    def __init__(self, is_busy):
        room = f"{setting('JIBRI_BREWERY_MUC', 'jibribrewery')}@{setting('XMPP_INTERNAL_MUC_DOMAIN', 'internal-muc.meet.jitsi')}"
        nick = setting("JIBRI_INSTANCE_ID", socket.gethostname())
        super().__init__(setting("JIBRI_XMPP_USER", "jibri"), os.environ["JIBRI_XMPP_PASSWORD"], room, nick, authorities())
        self.is_busy, self.announced = is_busy, False
        self.add_event_handler(f"muc::{room}::self-presence", self.entered)
        self.add_event_handler("disconnected", self.left)
        self.add_event_handler("ssl_invalid_chain", self.disbelieved)
        self.add_event_handler("failed_all_auth", lambda _: log.warning("SASLError: not-authorized"))

    def entered(self, _presence):
        """Once for each time that it comes in."""
        if not self.announced:
            self.announced = True
            log.info("Joined MUC: %s", self.room)
            self.show()
            # A second request to enter, on a slow machine, would have said nothing of it.
            asyncio.get_event_loop().call_later(5, self.show)

    def left(self, _event):
        self.announced = False
        log.warning("Closed on error: the connection is lost")

    def disbelieved(self, error):
        log.warning("Error connecting: PKIX path building failed: %s", error)
        self.disconnect()

    def show(self):
        if not self.joined:
            return
        status = ET.Element(f"{{{JIBRI}}}jibri-status")
        ET.SubElement(status, f"{{{JIBRI}}}busy-status", {"status": "busy" if self.is_busy() else "idle"})
        ET.SubElement(status, f"{{{JIBRI}}}health-status", {"status": "healthy"})
        presence = self.make_presence(pto=f"{self.room}/{self.nick}")
        presence.append(status)
        presence.send()
