#!/bin/sh
# finalize.sh FOLDER: the recorder calls it when a recording has ended, and ./stack recordings tidy when one was cut off. Written
# once: this file is yours. It runs in the recorder's container as uid 1000, and may be called again for the same folder.
#
# The folder is /storage/recordings/SESSION, with the recording and, as a rule, metadata.json (address of the meeting, people).
set -u
umask 077
folder=$1
status=0

# What there is of Matroska can always be played, so it becomes an mp4 only here. Nothing is encoded anew.
for recorded in "$folder"/*.mkv; do
    [ -f "$recorded" ] || continue
    if ffmpeg -nostdin -v error -y -i "$recorded" -c copy -movflags +faststart -f mp4 "$folder/finished.part" &&
        mv -- "$folder/finished.part" "${recorded%.mkv}.mp4"; then
        rm -f -- "$recorded"
    else
        echo "$recorded could not be made an mp4, and stays as it is." >&2
        rm -f -- "$folder/finished.part"
        status=1
    fi
done

# For nobody but the owner of the server, whatever made them.
chmod 700 "$folder" && find "$folder" -type f -exec chmod 600 '{}' + || status=1

# A copy elsewhere, as soon as rclone.conf lies beside this script (git and containers of others never see it). It has to have
# a place called “recordings”; rclone config on any machine writes the file.
if [ -r /config/rclone.conf ] && [ "$status" -eq 0 ]; then
    # rclone wants to write to its configuration.
    if ! cp /config/rclone.conf /tmp/rclone.conf ||
        ! rclone --config /tmp/rclone.conf copy -- "$folder" "recordings:$(basename -- "$folder")"; then
        echo "$folder could not be copied elsewhere." >&2
        status=1
    fi
    rm -f /tmp/rclone.conf
fi

exit "$status"
