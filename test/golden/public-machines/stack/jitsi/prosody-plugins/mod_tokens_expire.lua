-- Refuses tokens that never run out: Jitsi takes them, and a link once sent would be good for ever. The token has been
-- verified by then. It belongs to this stack and is kept in sync. For prosody 0.12 and 13.
local base64 = require "util.encodings".base64;
local json = require "util.json";

-- Where nobody verifies tokens, there is nothing to read in them.
if module:get_option_string("authentication") ~= "token" then return; end

local function claims_of(token)
	local part = token:match("^[^.]*%.([^.]*)%.");
	if part == nil then return nil; end
	part = part:gsub("-", "+"):gsub("_", "/");
	local text = base64.decode(part .. ("="):rep(-#part % 4));
	return text and json.decode(text);
end

module:hook("pre-resource-bind", function (event)
	local token = event.session.auth_token;
	if token == nil then return; end
	local claims = claims_of(token);
	if type(claims) == "table" and type(claims.exp) == "number" then return; end
	module:log("warn", "A token that never runs out is refused: it has no exp");
	event.error = { type = "auth", condition = "not-authorized", text = "token without exp" };
	return false;
end, 100);
