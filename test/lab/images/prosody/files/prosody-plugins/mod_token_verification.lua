-- Stands in for Jitsi's module of that name: a token opens the room that it names.
local jid = require "util.jid";
local st = require "util.stanza";

module:hook("muc-occupant-pre-join", function (event)
	local named = event.origin.jitsi_meet_room;
	if named == nil or named == "*" or named:lower() == jid.split(event.room.jid) then return; end
	event.origin.send(st.error_reply(event.stanza, "cancel", "not-allowed", "Room and token mismatched"));
	return true;
end, 99);
