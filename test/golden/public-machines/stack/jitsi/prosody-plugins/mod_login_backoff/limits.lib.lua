-- How long who has to wait. Pure: the clock comes from outside, in seconds.

-- free: attempts without a wait. Each further one has to wait twice as long as the one before, up to longest seconds.
-- forget: after so many seconds one attempt is forgotten.
local rules = {
	-- One account from one address: somebody who mistypes, or guesses.
	pair = { free = 5; longest = 60; forget = 60 };
	-- All accounts from one address: a class whose half mistypes at once, or somebody who tries one password everywhere.
	address = { free = 40; longest = 30; forget = 30 };
	-- One account from all addresses where its owner has not been yet: somebody who guesses from many places.
	account = { free = 20; longest = 60; forget = 60 };
};

local function pause(rule, count)
	if count < rule.free then return 0; end
	return math.min(rule.longest, 2 ^ (count - rule.free));
end

-- keeper(RULE, STORE): counts attempts by key under one of the rules. The store has get(key) and set(key, value).
local function keeper(rule, store)
	local highest = rule.free + math.ceil(math.log(rule.longest, 2));

	local function read(key, now)
		local entry = store:get(key) or { count = 0; since = now; free_at = now };
		local forgotten = math.max(0, math.floor((now - entry.since) / rule.forget));
		entry.count = math.max(0, entry.count - forgotten);
		entry.since = entry.count == 0 and now or entry.since + forgotten * rule.forget;
		return entry;
	end

	return {
		-- Seconds until an attempt may begin.
		wait = function (key, now)
			local entry = read(key, now);
			return pause(rule, entry.count) == 0 and 0 or math.max(0, entry.free_at - now);
		end;
		-- An attempt begins at this time. It counts until it has succeeded: so many at once are no way around the limit.
		begin = function (key, now, at)
			local entry = read(key, now);
			entry.count = math.min(highest, entry.count + 1);
			entry.free_at = at + pause(rule, entry.count);
			store:set(key, entry);
		end;
		-- It was none: the password was right, or nobody looked at it.
		take_back = function (key, now)
			local entry = read(key, now);
			entry.count = math.max(0, entry.count - 1);
			store:set(key, entry);
		end;
		forget = function (key) store:set(key, nil); end;
	};
end

return { rules = rules; keeper = keeper };
