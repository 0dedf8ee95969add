-- A number for each room that people type on a telephone. Jitsi's page asks for the PIN of a room, and a telephone exchange, with a
-- password, for the room of a PIN. It belongs to this stack and is kept in sync. For prosody 0.12 and 13, on the host of the accounts.
local base64 = require "util.encodings".base64;
local http = require "util.http";
local jid = require "util.jid";
local json = require "util.json";
local sha256 = require "util.hashes".sha256;
local throttle = require "util.throttle";

local pins = module:require "pins";

-- The guests' host is given the same modules and the same options.
if module.host ~= module:get_option_string("telephone_host") then return; end

local rooms = module:get_option_string("telephone_rooms");
-- Where strangers get no further than the sign-in page, a PIN is told to who is in the room, and to nobody else.
local told_to_all = module:get_option_boolean("telephone_pins_for_guests", false);
local password = os.getenv("TELEPHONE_PBX_PASSWORD") or "";
local pin_of = pins.keeper(module:open_store("telephone_pins"));
-- Wrong PINs in a minute, from all callers together: a PIN has ten digits, so nobody finds one in years.
local wrong = throttle.create(30, 60);

local function answer(event, status, kind, text)
	event.response.headers.content_type = kind;
	event.response.headers.cache_control = "no-store";
	event.response.status_code = status;
	return text;
end

local function open_rooms()
	local host = prosody.hosts[rooms];
	return host and host.modules.muc;
end

-- Whether somebody in the room has come from this address; people behind one address are one place.
local function is_inside(name, address)
	local muc = open_rooms();
	local room = muc and muc.get_room_from_jid(name .. "@" .. rooms);
	if not room then return false; end
	for _, occupant in room:each_occupant() do
		for full in occupant:each_session() do
			local session = prosody.full_sessions[full];
			if session and session.ip == address then return true; end
		end
	end
	return false;
end

-- GET /telephone/pin?conference=room@rooms, in the words of Jitsi's page.
local function tell_pin(event)
	local asked = (event.request.url.query or ""):match("conference=([^&]*)") or "";
	local node, host = jid.split(http.urldecode(asked));
	local name = host == rooms and node and pins.room(node);
	local told = { conference = false; message = "This room has no PIN." };
	if name and (told_to_all or is_inside(name, event.request.ip)) then
		told = { conference = name .. "@" .. rooms; id = tonumber(pin_of(name)); message = "Successfully retrieved the PIN." };
	end
	return answer(event, 200, "application/json", json.encode(told));
end

local function is_exchange(request)
	local given = request.headers.authorization or "";
	-- Of hashes, so that the time it takes says nothing.
	return password ~= "" and sha256(given) == sha256("Basic " .. base64.encode("pbx:" .. password));
end

-- POST /telephone/room with pin=1234567890: the room as its header names it.
local function tell_room(event)
	local request = event.request;
	if not is_exchange(request) then
		event.response.headers.www_authenticate = 'Basic realm="telephone"';
		return answer(event, 401, "text/plain", "The password is wrong.\n");
	end
	if not wrong:peek(1) then return answer(event, 429, "text/plain", "Too many wrong PINs. Ask again in a minute.\n"); end
	local pin = (request.body or ""):match("^pin=(%d+)$");
	local found, more;
	local muc = open_rooms();
	for room in (pin and muc) and muc.live_rooms() or function () end do
		local node = jid.split(room.jid);
		local name = pins.room(node);
		-- Nothing that would mean something else to an exchange.
		if name == node and pin_of(name) == pin then found, more = name, found; end
	end
	-- Two rooms with one PIN are one chance in a thousand million; nobody is led to the wrong one.
	if found and not more then return answer(event, 200, "text/plain", found); end
	wrong:poll(1);
	module:log("info", "A caller typed a PIN that opens no room");
	return answer(event, 404, "text/plain", "No room with that PIN is open.\n");
end

if password == "" then module:log("error", "TELEPHONE_PBX_PASSWORD is missing in .env: no exchange is told a room"); end
module:depends("http");
module:provides("http", {
	default_path = "/telephone";
	route = { ["GET /pin"] = tell_pin; ["POST /room"] = tell_room };
});
