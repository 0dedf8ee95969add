-- Keys of others that sign tokens, as Jitsi's module gets them: a JWKS at the start and every six hours, or a file for each key from a
-- server. A key that the JWKS did not have makes it fail, and whoever brought the token hears nothing.
local async = require "prosody.util.async";
local base64 = require "prosody.util.encodings".base64;
local http = require "prosody.net.http";
local json = require "prosody.util.json";
local jwt = require "prosody.util.jwt";
local sha256 = require "prosody.util.hashes".sha256;

local jwks = module:get_option_string("cache_keys_url");
local server = module:get_option_string("asap_key_server");
local known = {};
local keys = { used = jwks ~= nil or server ~= nil };

-- DER: a value with its type and its length.
local function der(kind, content)
	local length = #content;
	local size = length < 128 and string.char(length)
		or length < 256 and string.char(0x81, length)
		or string.char(0x82, length // 256, length % 256);
	return string.char(kind) .. size .. content;
end

local function integer(text)
	local bytes = base64.decode((text:gsub("-", "+"):gsub("_", "/")) .. ("="):rep(-#text % 4));
	return der(0x02, bytes:byte() >= 128 and "\0" .. bytes or bytes);
end

-- RFC 7518, section 6.3, to RFC 8017, appendix A.1.1.
local function pem_of(key)
	local rsa = der(0x30, "\6\9\42\134\72\134\247\13\1\1\1\5\0");
	local public = der(0x30, integer(key.n) .. integer(key.e));
	local text = base64.encode(der(0x30, rsa .. der(0x03, "\0" .. public))):gsub(("."):rep(64), "%0\n");
	return "-----BEGIN PUBLIC KEY-----\n" .. text .. "\n-----END PUBLIC KEY-----\n";
end

local function fetch_all()
	http.request(jwks, nil, function (body, code)
		local answer = code == 200 and json.decode(body) or {};
		for _, key in ipairs(answer.keys or {}) do
			if key.kty == "RSA" then known[key.kid] = pem_of(key); end
		end
		module:log("info", "%d keys from %s: %s", #(answer.keys or {}), jwks, tostring(code));
	end);
	return 6 * 3600;
end
if jwks then module:add_timer(0, fetch_all); end

local function key_of(kid)
	if jwks then return assert(known[kid], "no such key"); end
	local wait, done = async.waiter();
	local pem;
	http.request(("%s/%s.pem"):format(server, sha256(kid, true)), nil, function (body, code)
		pem = code == 200 and body or nil;
		done();
	end);
	wait();
	return pem;
end

function keys.verify(kid, token)
	local pem = type(kid) == "string" and key_of(kid);
	return pem and jwt.new_verifier("RS256", pem, { accept_expired = true })(token);
end

return keys;
