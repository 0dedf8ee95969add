-- Whoever has signed in walks past the lobby. Without this a moderator who comes back is a stranger to the room, and knocks at
-- his own lobby with nobody inside to open. It belongs to this stack and is kept in sync. For prosody 0.12 and 13, on the
-- component of the rooms; before Jitsi's token_affiliation (-3.5), its lobby (-4) and prosody's rule for members (-5).
local jid = require "util.jid";

local domain = module:get_option_string("lobby_admits_members_of");

module:hook("muc-occupant-pre-join", function (event)
	local room, occupant = event.room, event.occupant;
	local who = jid.bare(occupant.bare_jid);
	local _, host = jid.split(who);
	-- Without the option nobody is let past.
	if domain == nil or host ~= domain or room:get_affiliation(who) then return; end
	if room:set_affiliation(true, who, "member") then occupant.role = occupant.role or "participant"; end
end, -3);
