"""Stands in for jicofo: the focus account. It watches over the bridges, and opens rooms for those who may; it connects nobody."""

import base64
import json
import os

from slixmpp.xmlstream import ET
from slixmpp.xmlstream.handler import Callback
from slixmpp.xmlstream.matcher import MatchXPath

from bridges import Bridges
from recorders import Recorders
from service import Member, flag, log, serve, setting, stay

FOCUS = "http://jitsi.org/protocol/focus"
domain = setting("XMPP_DOMAIN", "meet.jitsi")
# Where people log in, conferences begin with somebody of this domain.
login = domain if flag("JICOFO_ENABLE_AUTH", setting("ENABLE_AUTH", "0")) and setting("AUTH_TYPE", "internal") in ("internal", "ldap", "jwt", "matrix") else None
room = f"{setting('JVB_BREWERY_MUC', 'jvbbrewery')}@{setting('XMPP_INTERNAL_MUC_DOMAIN', 'internal-muc.meet.jitsi')}"
focus = Member("focus", os.environ["JICOFO_AUTH_PASSWORD"], room, "focus")
conferences = set()
bridges = Bridges(focus, room)


def asked(iq):
    """Somebody wants a conference; who it is stands in the resource, as the proxy of prosody writes it."""
    request = iq.xml.find(f"{{{FOCUS}}}conference")
    who = base64.b64decode(iq["from"].resource).decode()
    name = request.get("room", "")
    known = who.partition("/")[0].rpartition("@")[2] == login
    answer = iq.reply(clear=True)
    if not name or (login and not known and name not in conferences):
        answer["type"] = "error"
        answer["error"]["type"], answer["error"]["condition"] = ("auth", "not-authorized") if name else ("modify", "bad-request")
    else:
        if name not in conferences:
            log.info("conference %s opened by %s", name, who)
            conferences.add(name)
            focus.plugin["xep_0045"].join_muc(name, "focus")
            focus.add_event_handler(f"muc::{name}::got_offline", lambda _: close(name))
        result = ET.Element(f"{{{FOCUS}}}conference", {"room": name, "ready": "true", "focusjid": focus.boundjid.bare})
        answer.set_payload(result)
    answer.send()


def close(name):
    """The last one has left."""
    people = [nick for nick in focus.plugin["xep_0045"].get_roster(name) if nick != "focus"]
    if not people and name in conferences:
        conferences.discard(name)
        focus.plugin["xep_0045"].leave_muc(name, "focus")


def health():
    # Without this variable jicofo has no such route.
    if not flag("JICOFO_ENABLE_HEALTH_CHECKS"):
        return 404, "not found"
    if not focus.joined:
        return 500, "not connected to XMPP"
    return (200, "OK") if bridges.operational() else (500, "no operational bridges available")


def debug():
    state = {"bridge_selector": {"bridge": bridges.debug()}, "jibri_detector": recorders and recorders.debug()}
    return 200, json.dumps(state, separators=(",", ":"))


def when_enabled(page):
    """Without this variable jicofo answers about its health alone."""
    return page if flag("JICOFO_ENABLE_REST") else lambda: (404, "not found")


focus.add_event_handler("disconnected", lambda _: conferences.clear())
focus.add_event_handler("session_start", bridges.watch)


def open_for(name):
    """Nobody else may open a room there."""
    brewery = f"{name}@{setting('XMPP_INTERNAL_MUC_DOMAIN', 'internal-muc.meet.jitsi')}"
    focus.add_event_handler("session_start", lambda _: focus.plugin["xep_0045"].join_muc(brewery, "focus"))
    return brewery


recorders = Recorders(focus, open_for(setting("JIBRI_BREWERY_MUC", "jibribrewery"))) if flag("ENABLE_RECORDING") else None
if setting("JIGASI_SIP_URI", ""):
    open_for(setting("JIGASI_BREWERY_MUC", "jigasibrewery"))
focus.register_handler(Callback("conference", MatchXPath(f"{{jabber:client}}iq/{{{FOCUS}}}conference"), asked))
pages = {"/about/health": health, "/debug": when_enabled(debug), "/metrics": when_enabled(bridges.metrics)}
serve("0.0.0.0" if flag("JICOFO_ENABLE_REST") else "127.0.0.1", 8888, pages)
stay(focus)
