-- The page that tests the connection asks here whether UDP reaches a bridge: a bridge answers nobody but the ends of a meeting, so each test
-- is a meeting of one for some seconds, which nobody else can enter. It belongs to this stack and is kept in sync. For prosody 0.12 and 13,
-- on the host of the accounts.
local jid = require "util.jid";
local json = require "util.json";
local st = require "util.stanza";
local clock = require "util.time".monotonic;
local uuid = require "util.uuid".generate;

local colibri = module:require "colibri";
local places = module:require "places";

-- The guests' host is given the same modules and the same options.
if module.host ~= module:get_option_string("connection_test_host") then return; end

-- The room in which bridges wait for jicofo. What is said in its name they answer.
local brewery = module:get_option_string("connection_test_bridges");
local component = module:context(jid.host(brewery));
-- Seconds: how long a bridge may take to answer, and after which a test is over, the page's own 15 included.
local patience, lifetime = 8, 35;
-- Tests of one bridge at once: so many take less of it than one person in a meeting.
local enter = places.counter(20, 5);

local function answer(event, status, told)
	event.response.headers.content_type = "application/json";
	event.response.headers.cache_control = "no-store";
	event.response.status_code = status;
	return json.encode(told);
end

local function is_drained(stats)
	for stat in stats:childtags("stat") do
		if stat.attr.name == "drain" then return stat.attr.value == "true"; end
	end
	return false;
end

-- Bridges by their own addresses, in an order that stays, without those that are about to go. As jicofo does, it goes by what they say of themselves.
local function bridges()
	local host = prosody.hosts[jid.host(brewery)];
	local room = host and host.modules.muc and host.modules.muc.get_room_from_jid(brewery);
	local found = {};
	if not room then return found; end
	for nick, occupant in room:each_occupant() do
		local presence = occupant:get_presence();
		local stats = presence and presence:get_child("stats", "http://jitsi.org/protocol/colibri");
		if stats and not is_drained(stats) then
			table.insert(found, { nick = nick; address = occupant.jid });
		end
	end
	table.sort(found, function (one, other) return one.nick < other.nick; end);
	return found;
end

local function ask(bridge, question)
	local iq = st.iq({ type = "set"; id = uuid(); from = brewery; to = bridge.address }):add_child(question);
	return component:send_iq(iq, nil, patience);
end

-- POST /connection-test/bridge?1 with the browser's end: the end of the first bridge, and how many bridges there are.
local function open(event)
	local request = event.request;
	-- Another site's page cannot send this type without being asked whether it may, and is told nothing here.
	if not (request.headers.content_type or ""):match("^application/json") then return answer(event, 415, {}); end
	local browser = colibri.browser(#(request.body or "") <= 1024 and json.decode(request.body or ""));
	local number = tonumber((request.url.query or ""):match("^%d%d?$"));
	if not browser or not number then return answer(event, 400, {}); end
	local all = bridges();
	local bridge = all[number];
	if not bridge then return answer(event, 404, { bridges = #all }); end
	local leave = enter(bridge.nick, places.of(request.ip), clock());
	if not leave then return answer(event, 429, {}); end
	local meeting = uuid();
	module:add_timer(lifetime, function ()
		leave(clock());
		ask(bridge, colibri.close(meeting)):catch(function () end);
	end);
	return ask(bridge, colibri.open(meeting, browser)):next(function (said)
		local told = colibri.bridge(said.stanza);
		if not told then return answer(event, 502, {}); end
		told.bridges = #all;
		return answer(event, 200, told);
	end, function (problem)
		module:log("info", "%s takes no test of the connection: %s", bridge.nick, problem);
		return answer(event, 502, {});
	end);
end

module:depends("http");
module:provides("http", { default_path = "/connection-test"; route = { ["POST /bridge"] = open } });
