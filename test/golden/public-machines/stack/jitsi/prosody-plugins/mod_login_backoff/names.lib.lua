-- Whose password is tried, and from where: out of what strangers send.
local encodings = require "util.encodings";
local ip = require "util.ip";
local pton = require "util.net".pton;

local names = {};

-- The account that the first words of a login name, as prosody spells it; nil when there is none in them.
function names.account(mechanism, text)
	local name;
	if mechanism:match("^SCRAM%-") then
		-- RFC 5802: n,,n=user,r=nonce
		name = text:match("^[npy][^,]*,[^,]*,n=([^,]*)");
		name = name and name:gsub("=2C", ","):gsub("=3D", "=");
	else
		-- RFC 4616: authorization NUL name NUL password
		name = text:match("^[^\0]*\0([^\0]+)");
	end
	name = name and encodings.stringprep.saslprep(name);
	name = name and encodings.stringprep.nodeprep(name);
	return name ~= "" and name or nil;
end

-- What counts as one place: an IPv4 address, or a /64, which is what one household or one server is given.
function names.place(address)
	local bytes = pton(address);
	if not bytes then return address; end
	if #bytes == 16 and bytes:sub(1, 12) == ("\0"):rep(10) .. "\255\255" then return bytes:sub(13); end
	return #bytes == 16 and bytes:sub(1, 8) or bytes;
end

-- Whether an address lies in one of these networks (CIDR).
function names.within(address, networks)
	local one = ip.new_ip(address);
	if not one then return false; end
	for network in networks do
		if ip.match(one, ip.parse_cidr(network)) then return true; end
	end
	return false;
end

-- For a line that people and fail2ban read: nothing in it can end the line, look like another one, or make it long.
function names.clean(text)
	return (text:sub(1, 80):gsub("[^%w._@:-]", "?"));
end

return names;
