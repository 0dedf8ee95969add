/** The compose files that Compose takes by itself: the first of these that is there, */
export const standard: readonly string[] = [
  'compose.yaml',
  'compose.yml',
  'docker-compose.yml',
  'docker-compose.yaml',
];
/** and over it the first of these, whatever the other file is called. */
export const overrides: readonly string[] = [
  'compose.override.yml',
  'compose.override.yaml',
  'docker-compose.override.yml',
  'docker-compose.override.yaml',
];
