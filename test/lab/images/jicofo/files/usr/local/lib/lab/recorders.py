"""The recorders as jicofo sees them: by what each says of itself in their room (jicofo's JibriDetector)."""

JIBRI = "http://jitsi.org/protocol/jibri"


class Recorders:
    def __init__(self, focus, room):
        self.focus, self.room, self.known = focus, room, {}
        focus.add_event_handler("session_start", lambda _: focus.plugin["xep_0045"].join_muc(room, "focus"))
        focus.add_event_handler("disconnected", lambda _: self.known.clear())
        focus.add_event_handler(f"muc::{room}::presence", self.told)
        focus.add_event_handler(f"muc::{room}::got_offline", lambda presence: self.known.pop(presence["from"].resource, None))

    def told(self, presence):
        status = presence.xml.find(f"{{{JIBRI}}}jibri-status")
        if status is not None and presence["type"] != "unavailable":
            words = {key: status.find(f"{{{JIBRI}}}{key}-status").get("status").upper() for key in ("busy", "health")}
            self.known[presence["from"].resource] = {"health_status": words["health"], "busy_status": words["busy"]}

    def debug(self):
        """As JibriDetector.debugState."""
        return {"is_sip": False, "brewery_jid": self.room, **self.known}
