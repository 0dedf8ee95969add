-- Says of each room that the bridge can have it transcribed, so that Jitsi's page looks for no Jigasi that would. It switches nothing on:
-- no voice goes anywhere until a moderator wants subtitles (`recording.isTranscribingEnabled`). Pages may not say it themselves.
-- It belongs to this stack and is kept in sync. For prosody 0.12 and 13, on the components of rooms and of breakout rooms.

-- After Jitsi's room_metadata (-1), which gives rooms of people the table, and those of its health checks none.
module:hook("muc-room-created", function (event)
	local metadata = event.room.jitsiMetadata;
	if metadata then metadata.asyncTranscription = true; end
end, -2);
