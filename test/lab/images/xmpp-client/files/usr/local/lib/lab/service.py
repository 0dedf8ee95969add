"""An XMPP service account that stays in a brewery room, and an HTTP server that answers for its health."""

import asyncio
import http.server
import logging
import os
import signal
import ssl
import sys
import threading

import slixmpp
from slixmpp.exceptions import IqError, IqTimeout

logging.basicConfig(stream=sys.stdout, level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
log = logging.getLogger("stand-in")
logging.getLogger("slixmpp").setLevel(logging.WARNING)

# Seconds between pings, and for the answer to one.
PING_EVERY, PATIENCE = 30, 15


def setting(name, default):
    """A variable's value; an empty one counts as unset, as in the official images."""
    return os.environ.get(name) or default


def flag(name, default="0"):
    return setting(name, default).strip("\"'") not in ("0", "f", "F", "false", "FALSE", "False")


def server():
    """Host and port of the first XMPP server."""
    first = setting("XMPP_SERVER", "xmpp.meet.jitsi").split(",")[0]
    host, _, port = first.partition(":")
    return host, int(port or setting("XMPP_PORT", "5222"))


class Member(slixmpp.ClientXMPP):
    """Logs in, joins the room, and tries again for as long as the process lives."""

    def __init__(self, user, password, room, nick, authorities=None):
        """Without authorities, it believes any certificate: prosody's is self-signed, and the official services do not verify it either."""
        context = ssl.create_default_context() if authorities is None else ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        if authorities is None:
            context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        elif authorities:
            context.load_verify_locations(cadata=authorities)
        jid = f"{user}@{setting('XMPP_AUTH_DOMAIN', 'auth.meet.jitsi')}/{nick}"
        super().__init__(jid, password, ssl_context=context)
        self.enable_direct_tls = False
        self.room, self.nick, self.joined, self.sessions = room, nick, False, 0
        for plugin in ("xep_0030", "xep_0045", "xep_0199"):
            self.register_plugin(plugin)
        self.add_event_handler("session_start", self.join)
        self.add_event_handler("session_start", self.beat)
        self.add_event_handler(f"muc::{room}::self-presence", self.enter)
        self.add_event_handler("failed_all_auth", lambda _: log.error("%s: the password was refused", user))
        self.add_event_handler("connection_failed", self.failed)
        self.add_event_handler("disconnected", self.again)

    def join(self, _event):
        self.send_presence()
        self.insist()

    def insist(self):
        """Only the focus may open the room; it does so sooner or later."""
        if self.is_connected() and not self.joined:
            self.plugin["xep_0045"].join_muc(self.room, self.nick)
            asyncio.get_event_loop().call_later(2, self.insist)

    async def beat(self, _event):
        """As Jitsi's own clients do: who gets no answer to a ping begins anew, and otherwise prosody knows that somebody is there."""
        self.sessions += 1
        mine = self.sessions
        while True:
            await asyncio.sleep(PING_EVERY)
            if mine != self.sessions or not self.is_connected():
                return
            try:
                await self.plugin["xep_0199"].ping(self.boundjid.host, timeout=PATIENCE)
            except IqError:
                pass
            except IqTimeout:
                log.warning("Ping failed")
                return self.abort()

    def enter(self, _presence):
        if not self.joined:
            log.info("logged in as %s, joined %s", self.boundjid, self.room)
        self.joined = True

    def failed(self, why):
        log.warning("no XMPP server yet: %s", why)
        # The library waits longer each time, up to five minutes: start over.
        self._connect_loop_wait = 0

    def again(self, _event):
        self.joined = False
        log.warning("disconnected")
        asyncio.get_event_loop().call_later(2, lambda: self.connect(*server()))

    def others(self):
        """The nicknames of everybody else in the room."""
        return [nick for nick in self.plugin["xep_0045"].get_roster(self.room) if nick != self.nick] if self.joined else []


def serve(address, port, pages):
    """Answers GET; `pages` gives for each path what returns a status code and a text."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            status, text = pages.get(self.path, lambda: (404, "not found"))()
            self.send_response(status)
            self.end_headers()
            self.wfile.write(text.encode() + b"\n")

        def log_message(self, *_):
            pass

    listener = http.server.ThreadingHTTPServer((address, port), Handler)
    threading.Thread(target=listener.serve_forever, daemon=True).start()


def stay(member):
    """Runs until the container is stopped. Pid 1 has no default signal handlers."""
    loop = asyncio.get_event_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: os._exit(0))
    if member:
        loop.call_soon(lambda: member.connect(*server()))
    loop.run_forever()
