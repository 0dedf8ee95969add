// Written by projenrc/releases/add.ts from the files of docker-jitsi-meet. Review it, do not edit it.
// biome-ignore-all format: one fact a line
/** Every release of the catalogue with its day, oldest first. */
export const releaseDates: Readonly<Record<string, string>> = {
  'stable-11146-2': '2026-08-17',
};
