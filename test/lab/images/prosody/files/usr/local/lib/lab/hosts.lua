-- conf.d/jitsi-meet.cfg.lua: virtual hosts and rooms. Modules that only Jitsi has are left out.
local function kind_of(env)
	if not env.flag("ENABLE_AUTH", false) then return "anonymous" end
	return env.text("PROSODY_AUTH_TYPE", env.text("AUTH_TYPE", "internal"))
end

-- Tokens with a secret, or with keys: those of a JWKS stand in XMPP_CONFIGURATION.
local function token(env)
	local secret, server = env.text("JWT_APP_SECRET"), env.text("JWT_ASAP_KEYSERVER")
	return table.concat({
		'authentication = "token"',
		string.format('app_id = "%s"', env.text("JWT_APP_ID", "<no value>")),
		secret and string.format('app_secret = "%s"', secret) or "",
		server and string.format('asap_key_server = "%s"', server) or "",
		"allow_empty_token = " .. tostring(env.flag("JWT_ALLOW_EMPTY", false)),
		"asap_accepted_issuers = " .. env.strings(env.list("JWT_ACCEPTED_ISSUERS", env.text("JWT_APP_ID"))),
		"asap_accepted_audiences = " .. env.strings(env.list("JWT_ACCEPTED_AUDIENCES", "*")),
	}, "\n")
end

-- People of a directory: prosody asks saslauthd by way of Cyrus SASL, which takes plain passwords only.
local directory = 'authentication = "cyrus"\ncyrus_application_name = "xmpp"\nallow_unencrypted_plain_auth = true'

-- People of a Matrix room, whom a service at their homeserver knows.
local function matrix(env)
	local secret = env.text("MATRIX_UVS_AUTH_TOKEN")
	return table.concat({
		'authentication = "matrix_user_verification"',
		string.format('app_id = "%s"', env.text("MATRIX_UVS_ISSUER", "issuer")),
		string.format('uvs_base_url = "%s"', env.text("MATRIX_UVS_URL", "")),
		secret and string.format('uvs_auth_token = "%s"', secret) or "",
		env.flag("MATRIX_UVS_SYNC_POWER_LEVELS", false) and "uvs_sync_power_levels = true" or "",
	}, "\n")
end

-- Modules of the rooms that a way to sign in brings.
local function brought(env)
	local kind = kind_of(env)
	if kind == "jwt" then return { "token_verification" } end
	return kind == "matrix" and env.flag("MATRIX_UVS_SYNC_POWER_LEVELS", false) and { "matrix_power_sync" } or {}
end

local function authentication(env)
	local kind = kind_of(env)
	if kind == "anonymous" then return 'authentication = "anonymous"' end
	if kind == "jwt" then return token(env) end
	if kind == "ldap" then return directory end
	if kind == "matrix" then return matrix(env) end
	if kind ~= "internal" then env.refuse("AUTH_TYPE " .. kind) end
	return 'authentication = "internal_hashed"\ndisable_sasl_mechanisms = { "DIGEST-MD5"; "OAUTHBEARER" }'
end

local function modules(env, list, variable)
	for _, name in ipairs(env.list(variable)) do list[#list + 1] = name end
	return "modules_enabled = " .. env.strings(list)
end

local function rooms(name, ...)
	local lines = {
		string.format('Component "%s" "muc"', name),
		'storage = "memory"',
		"restrict_room_creation = true",
		"muc_room_locking = false",
		"muc_room_default_public_jids = true",
		"muc_tombstones = false",
		"muc_room_allow_persistent = false",
		...,
	}
	return table.concat(lines, "\n") .. "\n"
end

return function(env)
	local domain = env.text("XMPP_DOMAIN", "meet.jitsi")
	local auth = env.text("XMPP_AUTH_DOMAIN", "auth.meet.jitsi")
	local websocket = env.flag("ENABLE_XMPP_WEBSOCKET", true)
	local encryption = "c2s_require_encryption = " .. tostring(env.flag("PROSODY_C2S_REQUIRE_ENCRYPTION", true))
	local services = env.strings({ "focus@" .. auth, env.text("JVB_AUTH_USER", "jvb") .. "@" .. auth })
	local function ssl(host)
		local line = 'ssl = { key = "%s/%s.key"; certificate = "%s/%s.crt" }'
		local certs = "/run/prosody/config/certs"
		return line:format(certs, host, certs, host)
	end

	local lines = {
		"admins = " .. services,
		"unlimited_jids = " .. services,
		'plugin_paths = { "/prosody-plugins-custom", "/prosody-plugins/", "/prosody-plugins-contrib" }',
		string.format('http_default_host = "%s"', domain),
		"consider_bosh_secure = true",
		"consider_websocket_secure = true",
		websocket and "smacks_max_unacked_stanzas = 5\nsmacks_hibernation_time = 60\nsmacks_max_old_sessions = 1" or "",
		'storage = { smacks_h = "memory" }',
		string.format('\nVirtualHost "%s"', domain),
		authentication(env),
		ssl(domain),
		modules(env, websocket and { "jitsi_session", "bosh", "websocket", "smacks" } or { "bosh" }, "XMPP_MODULES"),
		encryption,
		env.lines("XMPP_CONFIGURATION", ","),
	}
	local function add(...)
		for _, line in ipairs({ ... }) do lines[#lines + 1] = line end
	end
	if env.flag("ENABLE_AUTH", false) and env.flag("ENABLE_GUESTS", false) then
		add(string.format('\nVirtualHost "%s"', env.text("XMPP_GUEST_DOMAIN", "guest.meet.jitsi")))
		add('authentication = "anonymous"', modules(env, websocket and { "smacks" } or {}, "XMPP_MODULES"))
		add(encryption, env.lines("XMPP_CONFIGURATION", ","))
	end
	add(string.format('\nVirtualHost "%s"', auth), 'authentication = "internal_hashed"', ssl(auth))
	add('modules_enabled = { "smacks" }', "")
	-- Whoever sits in meetings unseen.
	if env.flag("ENABLE_RECORDING", false) or env.flag("ENABLE_TRANSCRIPTIONS", false) then
		add(string.format('VirtualHost "%s"', env.text("XMPP_HIDDEN_DOMAIN", "hidden.meet.jitsi")), 'authentication = "internal_hashed"')
		add('modules_enabled = { "smacks" }', "")
	end
	local internal = env.text("XMPP_INTERNAL_MUC_DOMAIN", "internal-muc.meet.jitsi")
	add(rooms(internal, modules(env, {}, "XMPP_INTERNAL_MUC_MODULES")))
	local muc = modules(env, brought(env), "XMPP_MUC_MODULES")
	add(rooms(env.text("XMPP_MUC_DOMAIN", "muc.meet.jitsi"), muc, env.lines("XMPP_MUC_CONFIGURATION", ",")))
	add(string.format('Component "focus.%s" "client_proxy"', domain), string.format('target_address = "focus@%s"\n', auth))
	if env.flag("ENABLE_LOBBY", true) then add(rooms("lobby." .. domain)) end
	if env.flag("ENABLE_BREAKOUT_ROOMS", true) then add(rooms("breakout." .. domain, modules(env, {}, "XMPP_BREAKOUT_MUC_MODULES"))) end
	return lines
end
