-- PINs: made of a room's name and a secret, so that no list of rooms is kept, and the PIN of an invitation is right next year too.
local hashes = require "util.hashes";
local hex = require "util.hex";
local http = require "util.http";
local nameprep = require "util.encodings".stringprep.nameprep;
local random = require "util.random";

local pins = {};

local function once_more(text) return (text:gsub("[^%w._~-]", function (mark) return ("%%%02x"):format(mark:byte()); end)); end

-- A room as prosody spells it, out of what the page or an address makes of it; nil when nobody could say it on a telephone line.
function pins.room(text)
	local plain = nameprep(http.urldecode(text));
	if not plain or plain == "" or #plain > 200 or plain:find("%c") then return nil; end
	return once_more(plain);
end

-- The secret that all PINs follow from. It is made once; one that cannot be read is never replaced, because all PINs would change.
local function secret_in(store)
	local kept, problem = store:get("secret");
	if kept then return hex.decode(kept.hex); end
	assert(not problem, problem);
	local made = random.bytes(32);
	assert(store:set("secret", { hex = hex.encode(made) }));
	return made;
end

-- keeper(STORE): a function from a room to its PIN, ten digits of which the first is no zero.
function pins.keeper(store)
	local secret = secret_in(store);
	return function (room)
		local digits = tonumber(hashes.hmac_sha256(secret, room, true):sub(1, 13), 16);
		return ("%.0f"):format(1e9 + digits % 9e9);
	end;
end

return pins;
