"""The bridges as jicofo sees them: who is in their room, and who of these answers its questions (jicofo's JvbDoctor)."""

import asyncio

from slixmpp.exceptions import IqError, IqTimeout
from slixmpp.xmlstream import ET

COLIBRI = "http://jitsi.org/protocol/colibri"
HEALTH = "http://jitsi.org/protocol/healthcheck"
# As in jicofo's reference.conf, and Smack's time for an answer.
INTERVAL, SECOND_CHANCE, PATIENCE = 10, 5, 15


class Bridges:
    def __init__(self, focus, room):
        self.focus, self.room, self.silent, self.draining, self.versions, self.task = focus, room, set(), set(), {}, None
        focus.add_event_handler(f"muc::{room}::presence", self.told)
        focus.add_event_handler(f"muc::{room}::got_offline", self.gone)

    def told(self, presence):
        """A bridge says of itself which one it is, and whether it takes new meetings."""
        name = presence["from"].resource
        stats = {stat.get("name"): stat.get("value") for stat in presence.xml.iterfind(f"{{{COLIBRI}}}stats/{{{COLIBRI}}}stat")}
        if "drain" in stats:
            (self.draining.add if stats["drain"] == "true" else self.draining.discard)(name)
        if "version" in stats:
            self.versions[name] = stats["version"]

    def gone(self, presence):
        name = presence["from"].resource
        for names in (self.silent, self.draining):
            names.discard(name)
        self.versions.pop(name, None)

    def watch(self, _event):
        if self.task:
            self.task.cancel()
        self.task = asyncio.ensure_future(self.rounds())

    async def rounds(self):
        while True:
            await asyncio.gather(*(self.ask(name) for name in self.focus.others()))
            await asyncio.sleep(INTERVAL)

    async def ask(self, name):
        """Who does not answer twice gets no meetings until it does."""
        for wait in (0, SECOND_CHANCE):
            await asyncio.sleep(wait)
            question = self.focus.make_iq_get(ito=f"{self.room}/{name}")
            question.append(ET.Element(f"{{{HEALTH}}}healthcheck"))
            try:
                await question.send(timeout=PATIENCE)
                return self.silent.discard(name)
            except IqTimeout:
                pass
            except IqError:
                break
        self.silent.add(name)

    def operational(self):
        return [name for name in self.focus.others() if name not in self.silent]

    def debug(self):
        """As BridgeSelector.debugState; what a bridge has not told is “null” there too."""
        return {f"{self.room}/{name}": self.state(name) for name in self.focus.others()}

    def state(self, name):
        return {"drain": name in self.draining, "operational": name not in self.silent, "release": "null", "version": self.versions.get(name, "null")}

    def metrics(self):
        count = len({self.versions.get(name) for name in self.focus.others()})
        return 200, f"jitsi_jicofo_bridge_selector_bridge_version_count {count}.0"
