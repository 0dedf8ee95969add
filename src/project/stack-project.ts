import { EndOfLine, LogLevel, Project, TextFile } from 'projen';
import type { RenderedFile } from '../render/rendered.ts';

/** What a bare projen project writes on its own; a stack has none of it. */
const projenFiles = [
  '.gitattributes',
  '.gitignore',
  '.projen/tasks.json',
  '.projen/deps.json',
  '.projen/files.json',
];

/** A stack as a projen project: one component per file, a path claimed twice is an error, `synth()` is what writes. */
export class StackProject extends Project {
  /** @param outdir an absolute path of an empty directory; projen deletes what it believes to own there */
  constructor(name: string, outdir: string, files: readonly RenderedFile[]) {
    super({
      name,
      outdir,
      projenrcJson: false,
      gitOptions: { endOfLine: EndOfLine.NONE },
      logging: { level: LogLevel.OFF },
    });
    for (const path of projenFiles) this.tryRemoveFile(path);
    for (const { path, text, executable } of files) {
      new TextFile(this, path, {
        lines: text.split('\n'),
        executable,
        readonly: false,
        marker: false,
        editGitignore: false,
      });
    }
  }
}

/** Writes the files of a stack into an empty directory. */
export function writeProject(
  directory: string,
  name: string,
  files: readonly RenderedFile[],
): void {
  new StackProject(name, directory, files).synth();
}
