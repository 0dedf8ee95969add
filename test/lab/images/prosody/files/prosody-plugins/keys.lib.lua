-- Keys of others that sign tokens, as Jitsi's module of August 2026 gets them, its faults included: a JWKS at the start, when its max-age is
-- nearly over, or every six hours; or a file for each key from a server, kept for good. A key that the JWKS did not have makes it
-- fail, and whoever brought the token hears nothing; so does a key in the JWKS that is not RSA, and nothing is read after it any more.
local async = require "prosody.util.async";
local base64 = require "prosody.util.encodings".base64;
local http = require "prosody.net.http";
local json = require "prosody.util.json";
local jwt = require "prosody.util.jwt";
local sha256 = require "prosody.util.hashes".sha256;

local jwks = module:get_option_string("cache_keys_url");
local server = module:get_option_string("asap_key_server");
-- Tests have time go by faster.
local second = module:get_option_number("stand_in_second", 1);
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

-- What comes within half a minute counts. After that it asks three times more, and throws away what comes.
local function get(url, answered)
	local over = false;
	local function done(...)
		if over then return; end
		over = true;
		answered(...);
	end
	module:add_timer(120 * second, function () done(nil); end);
	local late = false;
	module:add_timer(30 * second, function () late = true; end);
	http.request(url, nil, function (body, code, response)
		if late then return; end
		local control = response and response.headers and response.headers["cache-control"] or "";
		done((code == 200 or code == 204) and body or nil, tonumber(control:match("max%-age=(%d+)")));
	end);
end

local fetch_all;
local function again(seconds) module:add_timer(seconds * second, function () fetch_all(); end); end

function fetch_all()
	get(jwks, function (body, age)
		if not body then
			module:log("warn", "no keys from %s", jwks);
			return again(30);
		end
		local gone = {};
		for kid in pairs(known) do gone[kid] = true; end
		local all = (json.decode(body) or {}).keys or {};
		for _, key in ipairs(all) do
			if key.kid then known[key.kid], gone[key.kid] = pem_of(key), nil; end
		end
		module:log("info", "%d keys from %s", #all, jwks);
		module:add_timer(90 * 60 * second, function ()
			for kid in pairs(gone) do known[kid] = nil; end
		end);
		again(age and (age > 60 and age - 60 or age) or 6 * 3600);
	end);
end
if jwks then module:add_timer(0, function () fetch_all(); end); end

local function key_of(kid)
	if jwks then return assert(known[kid], "no such key"); end
	if known[kid] then return known[kid]; end
	local wait, done = async.waiter();
	get(("%s/%s.pem"):format(server, sha256(kid, true)), function (body)
		known[kid] = body;
		done();
	end);
	wait();
	return known[kid];
end

function keys.verify(kid, token)
	local pem = type(kid) == "string" and key_of(kid);
	return pem and jwt.new_verifier("RS256", pem, { accept_expired = true })(token);
end

return keys;
