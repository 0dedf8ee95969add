import { type Project, TextFile } from 'projen';
import { Document, isScalar, Scalar, visit } from 'yaml';
import { type Action, actions } from './actions.ts';

/** A step: a command, or an action by its name alone. */
export type Step = {
  readonly name?: string;
  readonly id?: string;
  readonly if?: string;
  readonly with?: Readonly<Record<string, string | number | boolean>>;
  readonly env?: Readonly<Record<string, string>>;
} & ({ readonly uses: Action } | { readonly run: string });

export interface Job {
  readonly name?: string;
  readonly if?: string;
  readonly needs?: string;
  readonly 'runs-on': string;
  readonly 'timeout-minutes': number;
  /** What its token may do; nothing beyond is granted. */
  readonly permissions: Readonly<Record<string, 'read' | 'write'>>;
  readonly environment?: string;
  readonly container?: { readonly image: string; readonly options?: string };
  readonly strategy?: {
    readonly 'fail-fast': boolean;
    readonly matrix: Readonly<Record<string, readonly string[]>>;
  };
  readonly env?: Readonly<Record<string, string>>;
  readonly outputs?: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}

/** What GitHub's workflow files hold, as far as it is used here. */
export interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly concurrency?: {
    readonly group: string;
    readonly 'cancel-in-progress': boolean | string;
  };
  readonly jobs: Readonly<Record<string, Job>>;
}

/** An expression that GitHub puts a value in place of. */
export function value(expression: string): string {
  return `\${{ ${expression} }}`;
}

/** Writes `.github/workflows/NAME.yml`. Actions come out pinned to a commit, with their version beside it. */
export class WorkflowFile extends TextFile {
  constructor(project: Project, name: string, { on, concurrency, jobs }: Workflow) {
    const content = {
      name,
      on,
      // Each job says for itself what it may do.
      permissions: {},
      ...(concurrency && { concurrency }),
      jobs,
    };
    const document = new Document(content, { aliasDuplicateObjects: false });
    visit(document, {
      Pair(_, { key, value }) {
        if (isScalar(key) && key.value === 'uses' && isScalar(value)) pin(value);
      },
      Scalar(_, node) {
        if (typeof node.value === 'string' && node.value.includes('\n'))
          node.type = Scalar.BLOCK_LITERAL;
      },
    });
    const text = document.toString({ lineWidth: 0 });
    super(project, `.github/workflows/${name}.yml`, {
      lines: [`# ${project.name}: written by \`npx projen\` from projenrc/workflows.`, text],
    });
  }
}

function pin(uses: Scalar): void {
  const action = uses.value as Action;
  uses.comment = ` ${actions[action].version}`;
  uses.value = `${action}@${actions[action].commit}`;
}
