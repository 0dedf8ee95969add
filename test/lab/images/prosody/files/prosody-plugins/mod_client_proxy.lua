-- Component "focus.DOMAIN" "client_proxy": people ask it, an account answers. Stands in for the community module of that
-- name, for iq stanzas only. The account sees who asked in the resource, in base64, as that module has it.
local jid = require "prosody.util.jid";
local base64 = require "prosody.util.encodings".base64;
local st = require "prosody.util.stanza";

local target = assert(module:get_option_string("target_address"), "client_proxy needs target_address");

local function session()
	local account = prosody.bare_sessions[target];
	for _, one in pairs(account and account.sessions or {}) do return one.full_jid; end
end

local function pass(stanza, from, to)
	local copy = st.clone(stanza);
	copy.attr.from, copy.attr.to = from, to;
	module:send(copy);
	return true;
end

module:hook("iq/host", function(event)
	local origin, stanza = event.origin, event.stanza;
	local resource = jid.resource(stanza.attr.to);
	if jid.bare(stanza.attr.from) == target and resource then
		return pass(stanza, module.host, base64.decode(resource));
	end
	local to = session();
	if not to then
		origin.send(st.error_reply(stanza, "wait", "recipient-unavailable", "The focus is not connected"));
		return true;
	end
	return pass(stanza, module.host .. "/" .. base64.encode(stanza.attr.from), to);
end, 100);
