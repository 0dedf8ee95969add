-- FreeSWITCH: into its scripts folder. It asks callers for the ten digits of their PIN, and the stack which room that is. It needs curl,
-- /etc/freeswitch/jitsi-room.curl (the file beside this folder), and the user as which the stack's gateway registers.
local gateway = "meet";
local settings = "/etc/freeswitch/jitsi-room.curl";

-- The room of a PIN, which is digits and nothing else; nil when none is open.
local function room_of(pin)
	local answer = io.popen("curl --config " .. settings .. " --data pin=" .. pin);
	local room = answer:read("*a");
	answer:close();
	return room:match("^[%w%%._~-]+$");
end

session:answer();
for _ = 1, 3 do
	if not session:ready() then return; end
	local pin = session:playAndGetDigits(10, 10, 1, 10000, "#", "conference/conf-pin.wav", "", "^%d+$");
	local room = pin:match("^%d+$") and room_of(pin);
	if room then
		session:execute("export", "nolocal:sip_h_X-Room-Name=" .. room);
		session:execute("bridge", "user/" .. gateway .. "@" .. session:getVariable("domain_name"));
		return;
	end
	session:streamFile("conference/conf-bad-pin.wav");
end
session:hangup();
