-- Stands in for the module of that name (1.8.0): whoever comes hands on a Matrix room and a proof of who they are; a service at the
-- homeserver says whether that is true, and whether they are in the room, whose name in base32 is the meeting's. Its faults included:
-- nothing asks afterwards whether the meeting that somebody enters is that one.
local async = require "prosody.util.async";
local base64 = require "prosody.util.encodings".base64;
local hmac = require "prosody.util.hashes".hmac_sha256;
local http = require "prosody.net.http";
local json = require "prosody.util.json";
local random = require "prosody.util.id";
local sasl = require "prosody.util.sasl";
local formdecode = require "prosody.util.http".formdecode;

local service = module:get_option_string("uvs_base_url");
local secret = module:get_option_string("uvs_auth_token");
local levels = module:get_option_boolean("uvs_sync_power_levels", false);

for _, name in ipairs { "websocket-session", "bosh-session" } do
	module:hook_global(name, function (event)
		local query = event.request.url.query;
		if query then event.session.jitsi_room = formdecode(query).room; end
	end);
end

local function decoded(part) return base64.decode((part:gsub("-", "+"):gsub("_", "/")) .. ("="):rep(-#part % 4)); end

-- RFC 4648, without padding. Fails where there is nothing, as the original does.
local function base32(text)
	local bits = text:upper():gsub(".", function (char)
		local value = ("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"):find(char, 1, true) - 1;
		local out = "";
		for place = 4, 0, -1 do out = out .. (value >> place & 1); end
		return out;
	end);
	return (bits:gsub("%d%d?%d?%d?%d?%d?%d?%d?", function (byte)
		return #byte == 8 and string.char(tonumber(byte, 2)) or "";
	end));
end

-- Element signs with a word that everybody knows.
local function claims_of(token)
	local head, body, signature = token:match("^([^.]+)%.([^.]+)%.([^.]+)$");
	if not head or decoded(signature) ~= hmac("notused", head .. "." .. body) then return nil; end
	local header = json.decode(decoded(head) or "");
	return header and header.typ == "JWT" and header.alg == "HS256" and json.decode(decoded(body) or "");
end

local function ask(matrix)
	local headers = { ["Content-Type"] = "application/json", Authorization = secret and "Bearer " .. secret };
	local body = json.encode { token = matrix.token, room_id = matrix.room_id, matrix_server_name = matrix.server_name };
	local wait, done = async.waiter();
	local data;
	http.request(service .. "/verify/user_in_room", { headers = headers, body = body }, function (text, code)
		data = code == 200 and json.decode(text);
		done();
	end);
	wait();
	return data or {};
end

local function verify(session)
	if not session.auth_token then return false, "bad-request", "no token"; end
	local claims = claims_of(session.auth_token);
	if not claims then return false, "bad-request", "token cannot be read"; end
	local matrix = claims.context.matrix;
	if not matrix or not matrix.room_id then return false, "bad-request", "no room"; end
	if base32(session.jitsi_room) ~= matrix.room_id then return false, "access-denied", "another room"; end
	local answer = ask(matrix);
	local results = answer.results or {};
	if results.user ~= true or results.room_membership ~= true then return false, "access-denied", "not in the room"; end
	local power = answer.power_levels;
	session.auth_matrix_user_verification_is_owner = levels and power and power.user >= power.room.state_default or false;
	return true;
end

sasl.registerMechanism("ANONYMOUS", { "anonymous" }, function (self)
	local username = random.medium():lower():gsub("[^a-z0-9]", "x");
	local good, condition, text = self.profile.anonymous(self, username, self.realm);
	if not good then return "failure", condition, text; end
	self.username = username;
	return "success";
end);

module:provides("auth", {
	get_sasl_handler = function (session)
		return sasl.new(module.host, {
			anonymous = function ()
				local good, condition, text = verify(session);
				if not good then
					module:log("info", "refused: %s", text);
					session.auth_token = nil;
				end
				return good, condition, text;
			end;
		});
	end;
});
