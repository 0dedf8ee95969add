-- Whoever proved to be in a Matrix room enters that room's meeting and no other. The module that asks the homeserver looks at the room
-- in the address of the connection only: with that proof every other meeting would be open as well, and whoever moderates a Matrix
-- room of their own would moderate there. It belongs to this stack and is kept in sync. For prosody 0.12 and 13, on the component of
-- the rooms.
local jid = require "util.jid";
local st = require "util.stanza";

local function by_matrix(host)
	return host and module:context(host):get_option_string("authentication") == "matrix_user_verification";
end

module:hook("muc-occupant-pre-join", function (event)
	local origin = event.origin;
	if not by_matrix(origin.host) then return; end
	local room = origin.jitsi_room;
	if type(room) == "string" and room:lower() == jid.split(event.room.jid) then return; end
	module:log("warn", "%s is kept out of %s: the proof is for another room", origin.full_jid, event.room.jid);
	origin.send(st.error_reply(event.stanza, "cancel", "not-allowed", "You signed in to another room"));
	return true;
end, 100);
