-- Stands in for Jitsi's module of that name: a session knows the token in the address of its WebSocket or BOSH request.
local formdecode = require "util.http".formdecode;

for _, name in ipairs { "websocket-session", "bosh-session" } do
	module:hook_global(name, function (event)
		local query = event.request.url.query;
		local words = query and formdecode(query) or {};
		event.session.auth_token = words.token;
	end);
end
