"""Stands in for jigasi: the gateways' room, an account at a SIP server, and somebody in the room of each call.

As the official one it finds the room in the header X-Room-Name, waits a second for another way, and goes to a default room or hangs up; it asks the focus
for the conference first; and it tells its health as that does: 503 until it is registered, then 500 for good where it has nothing to call as a test.
"""

import asyncio
import os
import re
import socket
import ssl

import slixmpp
from slixmpp.xmlstream import ET

import sip
from service import Member, flag, log, serve, server, setting, stay

domain, muc = setting("XMPP_DOMAIN", "meet.jitsi"), setting("XMPP_MUC_DOMAIN", "muc.meet.jitsi")
first, last = int(setting("JIGASI_PORT_MIN", "20000")), int(setting("JIGASI_PORT_MAX", "20050"))
as_guest = flag("ENABLE_AUTH") and flag("ENABLE_GUESTS")


class Caller(slixmpp.ClientXMPP):
    """A call in a room, under the account of the gateway or as a guest."""

    def __init__(self, room, entered, refused):
        trusting = ssl.create_default_context()
        trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
        account = f"jigasi@{setting('XMPP_AUTH_DOMAIN', 'auth.meet.jitsi')}/call"
        words = (setting("XMPP_GUEST_DOMAIN", "guest.meet.jitsi"), "") if as_guest else (account, os.environ["JIGASI_XMPP_PASSWORD"])
        super().__init__(*words, ssl_context=trusting, **({"sasl_mech": "ANONYMOUS"} if as_guest else {}))
        self.enable_direct_tls = False
        self.room, self.entered, self.refused = room, entered, refused
        for plugin in ("xep_0030", "xep_0045"):
            self.register_plugin(plugin)
        self.add_event_handler("session_start", self.ask)
        self.add_event_handler("failed_all_auth", lambda _: refused("its login"))
        self.add_event_handler(f"muc::{room}::self-presence", lambda _: self.entered())
        self.connect(*server())

    async def ask(self, _event):
        self.send_presence()
        question = self.make_iq_set(ito=f"focus.{domain}", ifrom=self.boundjid.full)
        question.set_payload(ET.Element("{http://jitsi.org/protocol/focus}conference", {"room": self.room}))
        try:
            await question.send(timeout=20)
        except slixmpp.exceptions.XMPPError as error:
            return self.refused(getattr(error, "condition", "no answer"))
        self.plugin["xep_0045"].join_muc(self.room, "telephone")


class Voices(asyncio.DatagramProtocol):
    """Sends voices of silence to the other end, and counts what comes back."""

    def __init__(self, room, other):
        self.room, self.other, self.heard = room, other, 0

    def connection_made(self, transport):
        self.transport = transport
        self.beat(0)

    def beat(self, number):
        if self.transport.is_closing() or number > 200:
            return
        header = b"\x80\x00" + number.to_bytes(2, "big") + (number * 160).to_bytes(4, "big") + b"gate"
        self.transport.sendto(header + b"\xff" * 160, self.other)
        asyncio.get_event_loop().call_later(0.05, self.beat, number + 1)

    def datagram_received(self, data, _source):
        self.heard += 1
        if self.heard == 10:
            log.info("voices come back in %s", self.room)


class Calls:
    def __init__(self):
        self.all = {}

    def invited(self, line, call):
        room = sip.value(call["headers"], "x-room-name") or setting("JIGASI_SIP_DEFAULT_ROOM", "")
        if not room:
            log.info("No JVB room name provided in INVITE header")
            return line.answer(call, "486 Busy here")
        room = room if "@" in room else f"{room}@{muc}"
        call["person"] = Caller(room, lambda: self.entered(line, call, room), lambda why: self.refused(line, call, room, why))
        self.all[call["id"]] = call

    def entered(self, line, call, room):
        host = re.search(r"^c=IN IP4 (\S+)", call["body"], re.MULTILINE).group(1)
        port = int(re.search(r"^m=audio (\d+)", call["body"], re.MULTILINE).group(1))
        voices = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        for own in range(first, last + 1):
            try:
                voices.bind(("0.0.0.0", own))
                break
            except OSError:
                continue
        else:
            return self.refused(line, call, room, "no port for voices is free")
        media = f"v=0\r\no=- 1 1 IN IP4 {line.own}\r\ns=-\r\nc=IN IP4 {line.own}\r\nt=0 0\r\nm=audio {own} RTP/AVP 0\r\n"
        line.answer(call, "200 OK", media)
        log.info("a call sits in %s", room)
        loop = asyncio.get_event_loop()
        call["voices"] = loop.create_task(loop.create_datagram_endpoint(lambda: Voices(room, (host, port)), sock=voices))

    def refused(self, line, call, room, why):
        log.info("a call cannot enter %s: %s", room, why)
        line.answer(call, "486 Busy here")
        self.ended(call["id"])

    def ended(self, number):
        call = self.all.pop(number, None)
        if not call:
            return
        call["person"].disconnect()
        if "voices" in call:
            call["voices"].result()[0].close()
        log.info("a call has ended")


def health():
    if not line.registered:
        return 503, ""
    return (200, "{}") if setting("JIGASI_HEALTH_CHECK_SIP_URI", "") else (500, '{"reason":"GW not ready."}')


where = (setting("JIGASI_SIP_SERVER", ""), int(setting("JIGASI_SIP_PORT", "5060")))
line = sip.Line(setting("JIGASI_SIP_URI", ""), setting("JIGASI_SIP_PASSWORD", "replaceme"), where, Calls())
room = f"{setting('JIGASI_BREWERY_MUC', 'jigasibrewery')}@{setting('XMPP_INTERNAL_MUC_DOMAIN', 'internal-muc.meet.jitsi')}"
member = Member(setting("JIGASI_XMPP_USER", "jigasi"), os.environ["JIGASI_XMPP_PASSWORD"], room, socket.gethostname())
serve("127.0.0.1", 8788, {"/about/health": health})
loop = asyncio.get_event_loop()
loop.create_task(loop.create_datagram_endpoint(lambda: line, local_addr=("0.0.0.0", 5060)))
stay(member)
