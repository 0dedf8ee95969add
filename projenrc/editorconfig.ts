import { type Project, TextFile } from 'projen';

/** What editors do without being told by anybody; the formatter has the last word on TypeScript. */
export function addEditorconfig(project: Project): void {
  new TextFile(project, '.editorconfig', {
    lines: [
      `# ${project.name}: written by \`npx projen\`.`,
      'root = true',
      '',
      '[*]',
      'charset = utf-8',
      'end_of_line = lf',
      'indent_size = 2',
      'indent_style = space',
      'insert_final_newline = true',
      'trim_trailing_whitespace = true',
      '',
      '[{*.sh,*.sh.ejs,stack.ejs,run}]',
      'indent_size = 4',
      '',
      '# What was generated once stays as it was, byte for byte.',
      '[test/golden/*/stack/**]',
      'insert_final_newline = unset',
      'trim_trailing_whitespace = unset',
      '',
    ],
  });
}
