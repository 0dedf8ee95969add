-- Makes the guessing of passwords slow, and says who tries. It belongs to this stack and is kept in sync: edit it only to
-- have another behaviour. For prosody 0.12 and 13, over WebSocket and BOSH.
module:set_global();

local base64 = require "util.encodings".base64;
local cache = require "util.cache";
local st = require "util.stanza";
local clock = require "util.time".monotonic;

local limits = module:require "limits";
local names = module:require "names";
local write = module:require "journal";

local xmlns = "urn:ietf:params:xml:ns:xmpp-sasl";
-- Whoever would have to wait longer is refused, and may try again later.
local patience = 10;
-- Those who use no password.
local without_password = { ANONYMOUS = true; EXTERNAL = true };
-- Jitsi's own services, and whoever a proxy does not tell apart: their address says nothing.
local inside = module:get_option_set("login_backoff_inside", { "127.0.0.1", "::1" });
-- The stack's further machines, whose services have passwords that nobody guesses and try the old one until they get the new.
local machines = module:get_option_set("login_backoff_machines", {});

local pairs_seen, places, accounts, at_home, told;
local function forget_all()
	-- The oldest make room for new ones, so made-up names fill no memory.
	pairs_seen = limits.keeper(limits.rules.pair, cache.new(20000));
	places = limits.keeper(limits.rules.address, cache.new(20000));
	accounts = limits.keeper(limits.rules.account, cache.new(20000));
	at_home = cache.new(20000);
	told = cache.new(1000);
end
forget_all();
module:hook_global("config-reloaded", function ()
	forget_all();
	module:log("info", "Wrong passwords are forgotten: nobody has to wait");
end);

local function note(line)
	local problem = write(line);
	if problem then module:log("error", "failed-logins.log cannot be written: %s", problem); end
end
note();

local function say(line)
	module:log("warn", "%s", line);
	note(line);
end

-- Who tries what, and under which limits that falls.
local function attempt_of(session, name)
	local address = session.ip or "unknown";
	local place = names.place(address);
	local account = (name or "?") .. "@" .. session.host;
	local attempt = { account = account; address = address; place = place; pair = place .. " " .. account };
	attempt.limits = {};
	if names.within(address, machines) then return attempt; end
	table.insert(attempt.limits, { pairs_seen, attempt.pair });
	-- Where its owner has logged in, an account is not held up by what others do.
	if not at_home:get(attempt.pair) and not names.within(address, inside) then
		table.insert(attempt.limits, { places, place });
		table.insert(attempt.limits, { accounts, account });
	end
	return attempt;
end

local function refuse(session, wait)
	local text = ("Too many wrong passwords. Try again in %d seconds."):format(math.ceil(wait));
	session.send(st.stanza("failure", { xmlns = xmlns })
		:tag("temporary-auth-failure"):up():tag("text"):text(text));
	return true;
end

-- What was meant for prosody's own handler goes there, now or after a while, or not at all.
local function weigh(host, kind, event, name)
	local session, now, wait = event.origin, clock(), 0;
	local attempt = attempt_of(session, name);
	for _, limit in ipairs(attempt.limits) do
		wait = math.max(wait, limit[1].wait(limit[2], now));
	end
	if wait > patience then
		-- One line in a while: a flood of refusals must not become a flood of lines.
		if now - (told:get(attempt.place) or -patience) >= patience then
			told:set(attempt.place, now);
			say(("Refused after wrong passwords from %s for %s"):format(names.clean(attempt.address), names.clean(attempt.account)));
		end
		return refuse(session, wait);
	end
	for _, limit in ipairs(attempt.limits) do limit[1].begin(limit[2], now, now + wait); end
	session.login_attempt = attempt;
	if wait == 0 then return; end
	session.login_held = wait;
	host:add_timer(wait, function ()
		session.login_held = nil;
		if session.destroyed or session.type ~= "c2s_unauthed" then return; end
		session.login_passed = event.stanza;
		host:fire_event("stanza/" .. xmlns .. ":" .. kind, event);
	end);
	return true;
end

local function look(host, kind)
	return function (event)
		local session, stanza = event.origin, event.stanza;
		if session.type ~= "c2s_unauthed" then return; end
		if session.login_held then return refuse(session, session.login_held); end
		if session.login_passed == stanza then
			session.login_passed = nil;
			return;
		end
		local mechanism = session.login_mechanism;
		if kind == "auth" then
			mechanism = stanza.attr.mechanism or "";
			session.login_mechanism, session.login_attempt = mechanism, nil;
		elseif session.login_attempt then
			return;
		end
		if not mechanism or without_password[mechanism] then return; end
		local text = stanza[1] and base64.decode(stanza[1]) or "";
		-- With nothing said yet there is nothing to weigh; the first answer has it.
		if text == "" and kind == "auth" then return; end
		return weigh(host, kind, event, names.account(mechanism, text));
	end;
end

local function each_limit(attempt, action)
	local now = clock();
	for _, limit in ipairs(attempt.limits) do limit[1][action](limit[2], now); end
end

function module.add_host(host)
	for _, kind in ipairs { "auth", "response" } do
		host:hook("stanza/" .. xmlns .. ":" .. kind, look(host, kind), 100);
	end

	host:hook("authentication-success", function (event)
		local attempt = event.session.login_attempt;
		if not attempt then return; end
		event.session.login_attempt = nil;
		each_limit(attempt, "take_back");
		pairs_seen.forget(attempt.pair);
		at_home:set(attempt.pair, true);
	end);

	host:hook("authentication-failure", function (event)
		local attempt = event.session.login_attempt;
		if not attempt then return; end
		event.session.login_attempt, event.session.login_mechanism = nil, nil;
		if event.condition == "not-authorized" or event.condition == "account-disabled" then
			say(("Wrong password from %s for %s"):format(names.clean(attempt.address), names.clean(attempt.account)));
		else
			each_limit(attempt, "take_back");
		end
	end);
end
