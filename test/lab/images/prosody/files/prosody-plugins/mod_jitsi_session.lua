-- Stands in for Jitsi's module of that name: a session knows the token in the address of its WebSocket.
local formdecode = require "util.http".formdecode;

module:hook_global("websocket-session", function (event)
	local query = event.request.url.query;
	local words = query and formdecode(query) or {};
	event.session.auth_token = words.token;
end);
