-- Stands in for jitsi-contrib's module of that name: the room admits members only, from its start.
module:hook("muc-room-created", function (event) event.room:set_members_only(true); end);
