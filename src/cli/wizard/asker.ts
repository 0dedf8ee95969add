export interface Choice {
  readonly value: string;
  readonly label: string;
  /** One line on what it means. */
  readonly hint?: string;
  /** It is shown with why it cannot be chosen. */
  readonly disabled?: boolean;
}

export interface TextQuestion {
  readonly question: string;
  readonly initial?: string;
  /** Stands pale where nothing is typed yet: an example, or in words what Enter takes where there is a fallback. */
  readonly placeholder?: string;
  /** Taken when nothing is typed. */
  readonly fallback?: string;
  /** A sentence about what is wrong; it may have to be loaded first. */
  readonly problem?: (typed: string) => Promise<string | undefined> | string | undefined;
}

export interface SelectQuestion {
  readonly question: string;
  readonly choices: readonly Choice[];
  readonly initial?: string;
}

export interface MultiselectQuestion {
  readonly question: string;
  readonly choices: readonly Choice[];
  readonly initial: readonly string[];
  /** At least one has to be chosen. */
  readonly required?: true;
}

/**
 * The prompts, so that a test can answer without a terminal. Each question rejects with `Cancelled`, or with `Back` when
 * the question before is wanted.
 */
export interface Asker {
  readonly intro: (title: string) => void;
  readonly outro: (text: string) => void;
  /** A sentence between questions. */
  readonly tell: (text: string, level?: 'info' | 'warning' | 'success') => void;
  /** Something to look at: lines are not wrapped. */
  readonly show: (title: string, body: string) => void;
  readonly text: (question: TextQuestion) => Promise<string>;
  /** Asks for what nobody else may read; left out where what is typed would be seen. */
  readonly password?: (question: string) => Promise<string>;
  readonly select: (question: SelectQuestion) => Promise<string>;
  readonly multiselect: (question: MultiselectQuestion) => Promise<readonly string[]>;
  readonly confirm: (
    question: string,
    initial: boolean,
    labels?: { readonly yes?: string; readonly no?: string },
  ) => Promise<boolean>;
  /** Shows that something takes time, until the returned function is called. */
  readonly wait: (title: string) => () => void;
}
