/** The files of a docker-jitsi-meet checkout at one commit: a git tag for the catalogue, a directory for anybody's own. */
export interface SourceTree {
  readonly paths: readonly string[];
  read(path: string): string;
}

/** Contents of the files below `folder`, by path. */
export function filesBelow(tree: SourceTree, folder: string): [path: string, text: string][] {
  return tree.paths
    .filter((path) => path.startsWith(`${folder}/`))
    .map((path) => [path, tree.read(path)]);
}
