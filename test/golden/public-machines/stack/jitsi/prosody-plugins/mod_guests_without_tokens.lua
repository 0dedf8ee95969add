-- A token counts only where it was verified. Jitsi's muc_wait_for_host takes any session with one for the host, and nobody
-- verifies those of guests: an invented one would open the room and moderate. It belongs to this stack and is kept in sync.
-- For prosody 0.12 and 13, on every host.
if module:get_option_string("authentication") == "token" then return; end

module:hook("resource-bind", function (event) event.session.auth_token = nil; end, 100);
