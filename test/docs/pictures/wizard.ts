import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { wrap } from '../../../src/cli/report/wrap.ts';
import { run } from '../../../src/cli/run.ts';
import { loadStages } from '../../../src/cli/stages.ts';
import { screen } from '../../../src/cli/terminal.ts';
import type { Asker, Choice } from '../../../src/cli/wizard/asker.ts';
import { desk, person, server } from '../../cli/stand-ins.ts';
import { type Span, terminalPicture } from './terminal.ts';

const width = screen.columns - 4;

/** The whole wizard, as it runs on a server that is ready, with the shortest answers. */
export async function wizardPicture(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'picture-'));
  const { asker, lines } = drawn(
    person({
      'Which name': ['meet.example.org'],
      email: ['ops@example.org'],
      'Which firewalls': [['ufw']],
    }).asker,
  );
  const docker = {
    'docker --version': 'Docker version 28.2.2',
    'docker compose version --short': '2.38.1',
  };
  const host = {
    ...server,
    names: { ...server.names, 'turn.meet.example.org': ['203.0.113.7'] },
    programs: docker,
  };
  const session = { asker, asked: [], seen: [] };
  const there = { ...desk(folder, { host, session, lines: screen.lines }), stages: loadStages };
  try {
    const words = ['meet', '--no-git', '--host-memory', '8G', '--host-timezone', 'Europe/Berlin'];
    const code = await run([...words, '--network-subnet', '172.28.0.0/24'], there);
    if (code !== 0) throw new Error(`The wizard ended with ${code}: ${there.said()}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return terminalPicture('npm create jitsi-stack', lines());
}

/** The same asker, with what it shows as lines in the prompts’ way of drawing. */
function drawn(asker: Asker): { readonly asker: Asker; readonly lines: () => Span[][] } {
  const lines: Span[][] = [];
  const bar: Span = { text: '│', colour: 'frame' };
  const block = (sign: Span, [first = '', ...rest]: readonly string[], answer?: string) => {
    const below = rest.map((text): Span[] => [bar, { text: `  ${text}` }]);
    const given = answer === undefined ? [] : wrap(answer, width);
    const last = given.map((text): Span[] => [bar, { text: `  ${text}`, colour: 'dim' }]);
    lines.push([sign, { text: `  ${first}` }], ...below, ...last, [bar]);
  };
  const done: Span = { text: '◇', colour: 'done' };
  const answered = (question: string, answer: string) => block(done, wrap(question, width), answer);
  const labels = (choices: readonly Choice[], values: readonly string[]) =>
    choices
      .filter(({ value }) => values.includes(value))
      .map(({ label }) => label)
      .join(', ') || 'none';
  return {
    lines: () => lines,
    asker: {
      ...asker,
      intro: (title) => lines.push([{ text: '┌', colour: 'frame' }, { text: `  ${title}` }], [bar]),
      outro: (text) => lines.push([{ text: '└', colour: 'frame' }, { text: `  ${text}` }]),
      tell(text, level) {
        const signs = {
          info: { text: '●', colour: 'active' },
          warning: { text: '▲', colour: 'warning' },
          success: { text: '◆', colour: 'done' },
        } as const;
        block(signs[level ?? 'info'], wrap(text, width));
      },
      show: (title, body) => block(done, [title, ...body.split('\n')]),
      async text(question) {
        const answer = await asker.text(question);
        answered(question.question, answer);
        return answer;
      },
      async select(question) {
        const answer = await asker.select(question);
        answered(question.question, labels(question.choices, [answer]));
        return answer;
      },
      async multiselect(question) {
        const answer = await asker.multiselect(question);
        answered(question.question, labels(question.choices, answer));
        return answer;
      },
      async confirm(question, initial, given = {}) {
        const answer = await asker.confirm(question, initial, given);
        answered(question, answer ? (given.yes ?? 'Yes') : (given.no ?? 'No'));
        return answer;
      },
    },
  };
}
