-- How many tests may be open at once. What is counted goes away with the tests, so strangers fill no memory.
local pton = require "util.net".pton;

local places = {};

-- What counts as one place: an IPv4 address, or a /64, which is what one household or one server is given.
function places.of(address)
	local bytes = pton(address);
	return bytes and #bytes == 16 and bytes:sub(1, 8) or address;
end

-- counter(MOST, MOST_OF_ONE): enter(bridge, place) is a function that leaves again, or nil when there are as many as may be.
function places.counter(most, most_of_one)
	local open = {};
	local function count(key, step)
		local now = (open[key] or 0) + step;
		open[key] = now > 0 and now or nil;
	end
	return function (bridge, place)
		local one = bridge .. "\n" .. place;
		if (open[bridge] or 0) >= most or (open[one] or 0) >= most_of_one then return nil; end
		count(bridge, 1);
		count(one, 1);
		return function ()
			count(bridge, -1);
			count(one, -1);
		end;
	end;
end

return places;
