import type { Answers } from '../../src/answers/answers.ts';
import { detectHost } from '../../src/answers/detect/host.ts';
import type { Section } from '../../src/answers/sections.ts';
import { Back, Cancelled } from '../../src/cli/cancelled.ts';
import type { CommandContext } from '../../src/cli/context.ts';
import { flags } from '../../src/cli/flags.ts';
import { questions } from '../../src/cli/questions.ts';
import { loadStages, type Report, type Stages } from '../../src/cli/stages.ts';
import type { Asker } from '../../src/cli/wizard/asker.ts';
import type { Plan } from '../../src/plan/plan.ts';
import type { SyncOptions } from '../../src/sync/types.ts';
import { type StandIn, standIn } from '../answers/detect/stand-in.ts';
import { plainTerminal } from './plain-terminal.ts';

export const sections: readonly Section[] = questions;

/** A host on the internet with ufw, to which the name leads. */
export const server: StandIn = {
  interfaces: { eth0: ['203.0.113.7/24'] },
  names: { 'meet.example.org': ['203.0.113.7'] },
  files: { '/etc/ufw/ufw.conf': 'ENABLED=yes' },
};

/** What somebody does at one question; `cancel` is Ctrl-C, `back` is Esc. */
export type Reply =
  | string
  | boolean
  | readonly string[]
  | { readonly cancel: true }
  | { readonly back: true };

export interface Session {
  readonly asker: Asker;
  /** Every question that was asked, with the answer that was taken. */
  readonly asked: {
    readonly question: string;
    readonly answer: unknown;
    readonly offered?: unknown;
  }[];
  /** Everything that was shown between the questions. */
  readonly seen: string[];
}

/**
 * Somebody who answers by the questions' words: the first key that a question contains gives the replies, used up one
 * by one; every other question takes what is proposed.
 */
export function person(replies: Readonly<Record<string, readonly Reply[]>> = {}): Session {
  const asked: Session['asked'] = [];
  const seen: string[] = [];
  const left = new Map(Object.entries(replies).map(([words, list]) => [words, [...list]]));
  const answer = (question: string, proposed: unknown, offered?: unknown) => {
    const key = [...left.keys()].find((words) => question.includes(words));
    const reply = key === undefined ? undefined : left.get(key)?.shift();
    if (typeof reply === 'object' && 'cancel' in reply) throw new Cancelled();
    if (typeof reply === 'object' && 'back' in reply) {
      asked.push({ question, answer: 'back', offered });
      throw new Back();
    }
    const taken = reply ?? proposed;
    asked.push({ question, answer: taken, offered });
    if (asked.length > 60) throw new Error(`No way on at “${question}”.`);
    return taken;
  };
  const asker: Asker = {
    intro: (title) => seen.push(title),
    outro: (text) => seen.push(text),
    tell: (text, level = 'info') => seen.push(`${level}: ${text}`),
    show: (title, body) => seen.push(`${title}\n${body}`),
    async text({ question, initial, fallback, problem }) {
      for (;;) {
        const typed = String(answer(question, initial ?? fallback ?? ''));
        const wrong = await problem?.(typed);
        if (wrong === undefined) return typed;
        seen.push(`wrong: ${wrong}`);
      }
    },
    password: async (question) => String(answer(question, '')),
    async select({ question, choices, initial }) {
      return String(answer(question, initial ?? choices[0]?.value, choices));
    },
    async multiselect({ question, choices, initial }) {
      return answer(question, initial, choices) as readonly string[];
    },
    confirm: async (question, initial) => answer(question, initial) === true,
    wait: () => () => {},
  };
  return { asker, asked, seen };
}

export interface Desk extends CommandContext {
  readonly printed: () => string;
  readonly said: () => string;
  /** What was given to the writing stage: directory, plan, options. */
  readonly writes: { directory: string; plan: Plan; options: SyncOptions }[];
  /** The answers of a write, the first one by default. */
  readonly answers: (write?: number) => Answers;
}

/** CommandContext whose writing stage only records; everything before it is real. */
export function desk(
  directory: string,
  options: { host?: StandIn; session?: Session; report?: Partial<Report>; lines?: number } = {},
): Desk {
  const printed: string[] = [];
  const said: string[] = [];
  const writes: Desk['writes'] = [];
  const stages = async (stacks: readonly string[]): Promise<Stages> => ({
    ...(await loadStages(stacks)),
    write: async (where, plan, sync) => {
      writes.push({ directory: where, plan, options: sync });
      return {
        outcome: sync.dryRun ? 'preview' : 'created',
        changes: [{ path: 'compose.yaml', change: 'added' }],
        overlaps: [],
        notes: [],
        secrets: { added: [], taken: [] },
        certificate: false,
        ...options.report,
      };
    },
  });
  return {
    directory,
    terminal: {
      ...plainTerminal,
      interactive: options.session !== undefined,
      ...(options.lines !== undefined && { lines: options.lines }),
    },
    print: (text) => printed.push(text),
    farewell: {},
    say: (text) => said.push(text),
    flags,
    sections: async () => questions,
    host: async () => detectHost(standIn(options.host ?? server)),
    stages,
    asker: async () => {
      if (!options.session) throw new Error('Nobody is there to be asked.');
      return options.session.asker;
    },
    printed: () => printed.join(''),
    said: () => said.join(''),
    writes,
    answers(write = 0) {
      const plan = writes[write]?.plan;
      if (!plan) throw new Error(`There was no write ${write}: ${said.join('')}`);
      return plan.answers;
    },
  };
}
