-- Writes prosody.cfg.lua and conf.d/jitsi-meet.cfg.lua from the variables that the official image reads.
local directory = arg[1]
local modulepath = arg[0]:match("^(.*)/")
package.path = modulepath .. "/?.lua;" .. package.path
local env = require "environment"

if env.text("PROSODY_MODE", "client") ~= "client" then env.refuse("PROSODY_MODE other than client") end

local function write(name, lines)
	local file = assert(io.open(directory .. "/" .. name, "w"))
	file:write(table.concat(lines, "\n"), "\n")
	file:close()
end

write("prosody.cfg.lua", require "server" (env))
write("conf.d/jitsi-meet.cfg.lua", require "hosts" (env))
