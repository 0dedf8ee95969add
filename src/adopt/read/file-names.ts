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

/** All compose files of an installation, as people call them. */
export function filesOf({
  files,
  included,
}: {
  readonly files: readonly string[];
  readonly included: readonly { readonly names: readonly string[] }[];
}): string[] {
  return [...new Set([...files, ...included.flatMap((part) => part.names)])];
}
