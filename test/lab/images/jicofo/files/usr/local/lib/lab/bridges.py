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
        self.focus, self.room, self.silent, self.draining, self.task = focus, room, set(), set(), None
        focus.add_event_handler(f"muc::{room}::presence", self.told)
        focus.add_event_handler(f"muc::{room}::got_offline", self.gone)

    def told(self, presence):
        """A bridge says of itself that it takes no new meetings."""
        stat = presence.xml.find(f"{{{COLIBRI}}}stats/{{{COLIBRI}}}stat[@name='drain']")
        if stat is not None:
            (self.draining.add if stat.get("value") == "true" else self.draining.discard)(presence["from"].resource)

    def gone(self, presence):
        for names in (self.silent, self.draining):
            names.discard(presence["from"].resource)

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
        """As BridgeSelector.debugState."""
        return {f"{self.room}/{name}": {"drain": name in self.draining, "operational": name not in self.silent} for name in self.focus.others()}

    def metrics(self):
        """All bridges of the lab are of one version."""
        return 200, f"jitsi_jicofo_bridge_selector_bridge_version_count {min(1, len(self.focus.others()))}.0"
