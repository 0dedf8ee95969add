-- GET /health, for this host only: 200, or 500 when a module has reported an error.
module:set_global();

local modulemanager = require "core.modulemanager";
local allowed = module:get_option_set("http_health_allow_ips", { "127.0.0.1", "::1" });

local function broken()
	for host in pairs(prosody.hosts) do
		for _, loaded in pairs(modulemanager.get_modules(host)) do
			if loaded.module.status_type == "error" then return true; end
		end
	end
end

module:provides("http", {
	route = {
		GET = function(event)
			if not allowed:contains(event.request.ip) then return 403; end
			local text = { content_type = "text/plain" };
			if broken() then return { status_code = 500; headers = text; body = "HAS ERRORS\n" }; end
			return { status_code = 200; headers = text; body = "OK\n" };
		end;
	};
});
