/**
 * Names that are read inside the images, but not by docker-jitsi-meet's own templates and scripts: by the start scripts
 * of the Debian packages (jitsi-videobridge `resources/jvb.sh`, jicofo `resources/jicofo.sh`, jigasi `jigasi.sh`), by
 * Sentry's Java library, TZ by libc and the JVM, and JAVA_TOOL_OPTIONS by the JVM.
 */
const byImage: Readonly<Record<string, readonly string[]>> = {
  jicofo: ['JAVA_TOOL_OPTIONS', 'JICOFO_MAX_MEMORY', 'SENTRY_ENVIRONMENT', 'SENTRY_RELEASE'],
  jibri: ['JAVA_TOOL_OPTIONS'],
  jvb: [
    'JAVA_TOOL_OPTIONS',
    'VIDEOBRIDGE_GC_TYPE',
    'VIDEOBRIDGE_MAX_MEMORY',
    'SENTRY_ENVIRONMENT',
    'SENTRY_RELEASE',
  ],
  jigasi: ['JIGASI_MAX_MEMORY', 'SENTRY_ENVIRONMENT', 'SENTRY_RELEASE'],
};

export function launcherVariables(image: string): readonly string[] {
  return ['TZ', ...(byImage[image] ?? [])];
}
