-- Stands in for the module of that name (contrib's, later Jitsi's): moderators by claim. It steps aside while there is a lobby.
local jid = require "util.jid";

module:hook("muc-occupant-pre-join", function (event)
	local user = event.origin.jitsi_meet_context_user;
	local who = jid.bare(event.occupant.bare_jid);
	local has = event.room:get_affiliation(who);
	if user == nil or has == nil and event.room:get_members_only() then return; end
	local moderates = tostring(user.moderator) == "true" or user.affiliation == "owner" or user.affiliation == "moderator"
		or user.affiliation == "teacher";
	event.room:set_affiliation(true, who, moderates and "owner" or "member");
	event.occupant.role = moderates and "moderator" or "participant";
end, -3.5);
