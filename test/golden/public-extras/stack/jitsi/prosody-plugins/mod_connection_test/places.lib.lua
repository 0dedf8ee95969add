-- How many tests may be open at once, and for how long without a rest. What is counted goes away with the tests, so strangers fill no memory.
local pton = require "util.net".pton;

local places = {};

-- What counts as one place: an IPv4 address, or a /64, which is what one household or one server is given.
function places.of(address)
	local bytes = pton(address);
	return bytes and #bytes == 16 and bytes:sub(1, 8) or address;
end

-- Seconds: after so many with tests a bridge is given a rest. To the stack a test is a meeting, and ./stack refresh waits until there is none:
-- somebody who tests day and night must not keep newer images away.
local busy, rest = 600, 60;

-- counter(MOST, MOST_OF_ONE): enter(bridge, place, now) is a function that leaves again, called with the time then; or nil when there are as
-- many as may be.
function places.counter(most, most_of_one)
	local open, since, ended = {}, {}, {};
	local function count(key, step)
		local now = (open[key] or 0) + step;
		open[key] = now > 0 and now or nil;
	end
	return function (bridge, place, now)
		local one = bridge .. "\n" .. place;
		-- A moment without a test is no rest.
		if not open[bridge] and now - (ended[bridge] or -rest) >= rest then since[bridge] = now; end
		if now - since[bridge] >= busy then return nil; end
		if (open[bridge] or 0) >= most or (open[one] or 0) >= most_of_one then return nil; end
		count(bridge, 1);
		count(one, 1);
		return function (later)
			count(bridge, -1);
			count(one, -1);
			ended[bridge] = later;
		end;
	end;
end

return places;
