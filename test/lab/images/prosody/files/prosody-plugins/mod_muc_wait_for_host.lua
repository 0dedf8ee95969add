-- Stands in for Jitsi's module of that name, its fault included: any session that has a token counts as the host's, and nobody
-- verifies those of guests. Until the host is there everybody else waits in the lobby.
local jid = require "util.jid";

module:hook("muc-room-created", function (event) event.room:set_members_only(true); end);
module:hook("muc-occupant-pre-join", function (event)
	local room, who = event.room, jid.bare(event.occupant.bare_jid);
	if event.origin.auth_token == nil or room:get_affiliation(who) == "owner" then return; end
	room:set_affiliation(true, who, "owner");
	event.occupant.role = "moderator";
	room:set_members_only(false);
end, -2);
