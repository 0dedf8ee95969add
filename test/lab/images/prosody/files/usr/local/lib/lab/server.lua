-- prosody.cfg.lua: the server-wide part.
local function services(env)
	local ttl, secret = env.text("TURN_TTL", "86400"), env.text("TURN_CREDENTIALS")
	local user, password = env.text("TURN_USERNAME"), env.text("TURN_PASSWORD")
	local extra = ""
	if secret then extra = extra .. ', secret = true, algorithm = "turn"' end
	if user then extra = extra .. string.format(', username = "%s"', user) end
	if password then extra = extra .. string.format(', password = "%s"', password) end

	local entries = {}
	local function add(kind, host, port, transport, rest)
		local line = '\t{ type = "%s", host = "%s", port = %s, transport = "%s"%s };'
		entries[#entries + 1] = line:format(kind, host, port, transport, rest)
	end
	local stun = env.text("STUN_HOST")
	if stun then add("stun", stun, env.text("STUN_PORT", "443"), "udp", "") end
	extra = ", ttl = " .. ttl .. extra
	for _, host in ipairs(env.list("TURN_HOST")) do
		for _, transport in ipairs(env.list("TURN_TRANSPORT", "tcp")) do
			add("turn", host, env.text("TURN_PORT", "443"), transport, extra)
		end
	end
	for _, host in ipairs(env.list("TURNS_HOST")) do
		add("turns", host, env.text("TURNS_PORT", "443"), "tcp", extra)
	end
	local text = "external_services = {\n" .. table.concat(entries, "\n") .. "\n}"
	return secret and string.format('external_service_secret = "%s"\n%s', secret, text) or text
end

local function limits(env)
	local text = ""
	if not env.flag("PROSODY_DISABLE_C2S_LIMIT", false) then
		text = text .. string.format(' c2s = { rate = "%s" };', env.text("PROSODY_C2S_LIMIT", "10kb/s"))
	end
	if not env.flag("PROSODY_DISABLE_S2S_LIMIT", false) then
		text = text .. string.format(' s2sin = { rate = "%s" };', env.text("PROSODY_S2S_LIMIT", "30kb/s"))
	end
	return "limits = {" .. text .. " }"
end

return function(env)
	if env.flag("PROSODY_ENABLE_S2S", false) then env.refuse("PROSODY_ENABLE_S2S") end
	if env.flag("ENABLE_VISITORS", false) then env.refuse("ENABLE_VISITORS") end
	local modules = { "roster", "saslauth", "tls", "disco", "admin_shell", "private", "limits", "version", "ping", "http_health" }
	if env.text("TURN_HOST") or env.text("TURNS_HOST") then table.insert(modules, "external_services") end
	if env.flag("PROSODY_ENABLE_METRICS", false) then table.insert(modules, "http_openmetrics") end
	for _, name in ipairs(env.list("GLOBAL_MODULES")) do table.insert(modules, name) end
	local interfaces = env.flag("ENABLE_IPV6", true) and '{ "*", "::" }' or '{ "*" }'
	local cidr = env.text("PROSODY_METRICS_ALLOWED_CIDR", "172.16.0.0/12")
	return {
		"admins = " .. env.strings(env.list("PROSODY_ADMINS")),
		"component_admins_as_room_owners = true",
		"modules_enabled = " .. env.strings(modules),
		'modules_disabled = { "offline"; "register"; "s2s" }',
		"component_ports = { }",
		"https_ports = { }",
		"trusted_proxies = " .. env.strings(env.list("PROSODY_TRUSTED_PROXIES", "127.0.0.1,::1")),
		"allow_registration = false",
		limits(env),
		'pidfile = "/run/prosody/prosody.pid"',
		"c2s_require_encryption = " .. tostring(env.flag("PROSODY_C2S_REQUIRE_ENCRYPTION", true)),
		"c2s_ports = { " .. env.text("XMPP_PORT", "5222") .. " }",
		"c2s_interfaces = " .. interfaces,
		"http_ports = { " .. env.text("PROSODY_HTTP_PORT", "5280") .. " }",
		"http_interfaces = " .. interfaces,
		'authentication = "internal_hashed"',
		string.format('log = { { levels = { min = "%s" }, timestamps = "%%Y-%%m-%%d %%X", to = "console" };', env.text("LOG_LEVEL", "info")),
		env.lines("PROSODY_LOG_CONFIG", "\\n") .. " }",
		env.flag("PROSODY_ENABLE_METRICS", false)
				and string.format('statistics = "internal"\nstatistics_interval = "manual"\nopenmetrics_allow_cidr = "%s"', cidr)
			or "",
		services(env),
		env.lines("GLOBAL_CONFIG", "\\n"),
		'network_backend = "epoll"',
		"network_settings = { tcp_backlog = 511 }",
		"unbound = { resolvconf = true }",
		'data_path = "/var/lib/prosody/data"',
		'Include "conf.d/*.cfg.lua"',
	}
end
