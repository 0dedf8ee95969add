-- Stands in for Jitsi's module of that name, with the rules that its images were seen to keep: type and algorithm (HS256 with a
-- secret, RS256 with keys), signature, iss, aud (one text), sub, room unless that is lifted, nbf and exp where they are there.
local base64 = require "util.encodings".base64;
local hmac = require "util.hashes".hmac_sha256;
local json = require "util.json";
local random = require "util.id";
local sasl = require "util.sasl";

local id = module:get_option_string("app_id");
local secret = module:get_option_string("app_secret");
local issuers = module:get_option_set("asap_accepted_issuers", { id });
local needs_room = module:get_option_boolean("asap_require_room_claim", true);
local keys = module:require "keys";
local allows_none = module:get_option_boolean("allow_empty_token", false);
local audiences = module:get_option_set("asap_accepted_audiences", { "*" });

local function decoded(part)
	part = part:gsub("-", "+"):gsub("_", "/");
	return base64.decode(part .. ("="):rep(-#part % 4));
end

local function verify(token)
	local head, body, signature = token:match("^([^.]+)%.([^.]+)%.([^.]+)$");
	local header = head and json.decode(decoded(head) or "");
	local alg = keys.used and "RS256" or "HS256";
	if not header or header.typ ~= "JWT" or header.alg ~= alg then return nil, "Invalid typ or alg"; end
	local signed;
	if keys.used then signed = keys.verify(header.kid, token); else signed = secret and decoded(signature) == hmac(secret, head .. "." .. body); end
	if not signed then return nil, "Invalid signature"; end
	local claims = json.decode(decoded(body) or "");
	if not issuers:contains(claims.iss) then return nil, "Issuer invalid"; end
	local audience = claims.aud;
	if audience == nil then return nil, "Audience missing"; end
	if not audiences:contains("*") and not (type(audience) == "string" and audiences:contains(audience)) then return nil, "Audience invalid"; end
	for _, name in ipairs { "nbf", "exp" } do
		if claims[name] and type(claims[name]) ~= "number" then return nil, name .. " is no number"; end
	end
	if claims.nbf and claims.nbf > os.time() then return nil, "Not yet valid"; end
	if claims.exp and claims.exp <= os.time() then return nil, "Expired"; end
	if claims.sub == nil or needs_room and claims.room == nil then return nil, "A claim is missing", "not-authorized"; end
	return claims;
end

-- For all hosts of the server, those of guests too.
sasl.registerMechanism("ANONYMOUS", { "anonymous" }, function (self)
	local username = random.medium():lower():gsub("[^a-z0-9]", "x");
	local good, condition, text = self.profile.anonymous(self, username, self.realm);
	if not good then return "failure", condition or "not-allowed", text; end
	self.username = username;
	return "success";
end);

local provider = {};
function provider.get_sasl_handler(session)
	return sasl.new(module.host, {
		anonymous = function ()
			if not session.auth_token and allows_none then return true; end
			if not session.auth_token then return false, "not-allowed", "token required"; end
			local claims, problem, condition = verify(session.auth_token);
			if not claims then return false, condition or "not-allowed", problem; end
			session.jitsi_meet_room = claims.room;
			session.jitsi_meet_context_user = claims.context and claims.context.user;
			return true;
		end;
	});
end
module:provides("auth", provider);
