-- Stands in for the module of that name: who moderates at Matrix owns whichever room they enter, everybody else is a member, and
-- nobody else makes owners.
local jid = require "prosody.util.jid";
local is_admin = require "prosody.core.usermanager".is_admin;

module:hook("muc-occupant-pre-join", function (event)
	local room, who = event.room, jid.bare(event.occupant.bare_jid);
	local owner = event.origin.auth_matrix_user_verification_is_owner == true or is_admin(who, module.host);
	room:set_affiliation(true, who, owner and "owner" or "member");
	event.occupant.role = owner and "moderator" or "participant";
end, -3.5);
