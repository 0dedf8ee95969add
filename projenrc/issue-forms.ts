import { type Project, TextFile, YamlFile } from 'projen';

interface Field {
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  readonly required?: boolean;
  /** Lines of output, shown as such; else a sentence or two. */
  readonly output?: boolean;
  /** One line. */
  readonly short?: boolean;
}

interface Form {
  readonly name: string;
  readonly description: string;
  readonly intro: string;
  readonly fields: readonly Field[];
}

const forms: Readonly<Record<string, Form>> = {
  // `src/cli/report/defect.ts` links here and fills in version, system and trace.
  defect: {
    name: 'The tool has a defect',
    description: 'create-jitsi-stack broke off, or wrote something wrong',
    intro:
      'Please look everything through for passwords and keys before you send it: what is written here is public.',
    fields: [
      { id: 'version', label: 'Version', description: '`--version`', required: true, short: true },
      { id: 'system', label: 'Node and system', short: true },
      {
        id: 'call',
        label: 'What you called',
        description: 'The command line; the tool prints one that repeats everything.',
        required: true,
        output: true,
      },
      { id: 'trace', label: 'What it said', output: true },
      { id: 'expected', label: 'What you had expected' },
    ],
  },
  stack: {
    name: 'A stack does not work',
    description: 'Something that the tool wrote does not do what it should on a server',
    intro:
      'Please look everything through for passwords and keys before you send it. `.env` and `certs/` are never needed.',
    fields: [
      {
        id: 'answers',
        label: 'jitsi-stack.json',
        description: 'It holds no secret; names and addresses may be replaced.',
        required: true,
        output: true,
      },
      { id: 'happens', label: 'What happens, and to whom', required: true },
      {
        id: 'doctor',
        label: '`create-jitsi-stack doctor`',
        description: 'From your own machine, in the folder of the stack.',
        output: true,
      },
      {
        id: 'status',
        label: '`./stack status` and the last lines of `./stack logs`',
        description: 'On the server.',
        output: true,
      },
    ],
  },
  idea: {
    name: 'Something is missing',
    description: 'A question that is not asked, a feature, a page',
    intro: 'What somebody wants to reach says more than how.',
    fields: [
      { id: 'want', label: 'What you want to reach', required: true },
      { id: 'today', label: 'How you do it today' },
    ],
  },
};

/** The forms behind “New issue”; whoever found a weakness is sent elsewhere. */
export function addIssueForms(project: Project, repository: string): void {
  for (const [name, { name: title, description, intro, fields }] of Object.entries(forms)) {
    new YamlFile(project, `.github/ISSUE_TEMPLATE/${name}.yml`, {
      obj: {
        name: title,
        description,
        body: [{ type: 'markdown', attributes: { value: intro } }, ...fields.map(fieldOf)],
      },
    });
  }
  new YamlFile(project, '.github/ISSUE_TEMPLATE/config.yml', {
    obj: {
      blank_issues_enabled: true,
      contact_links: [
        {
          name: 'A weakness in what the tool writes',
          url: `https://github.com/${repository}/security/advisories/new`,
          about: 'Please not in public: SECURITY.md says how.',
        },
      ],
    },
  });
  new TextFile(project, '.github/pull_request_template.md', {
    lines: [
      'What changes, and why?',
      '',
      '- [ ] A file in `changes/` says who is affected and what they must do, if somebody who runs a stack notices it.',
      '- [ ] The golden trees (`npm run golden`) changed with it, and I have read their diff.',
      '- [ ] A test fails without it.',
      '',
    ],
  });
}

function fieldOf({ id, label, description, required = false, output, short }: Field) {
  return {
    type: short ? 'input' : 'textarea',
    id,
    attributes: {
      label,
      ...(description !== undefined && { description }),
      ...(output && { render: 'text' }),
    },
    validations: { required },
  };
}
