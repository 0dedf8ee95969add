import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a flag takes: nothing, one word, or all up to the next flag. */
type Takes = 'nothing' | 'one' | 'several';

/** A provider's command line as its reference has it, as far as it may be used here. */
export interface Cli {
  readonly program: string;
  /** By subcommand: its flags, and how many words it takes besides. */
  readonly commands: Readonly<
    Record<string, { readonly flags: Readonly<Record<string, Takes>>; readonly words?: number }>
  >;
  /** What is printed, the first that fits: to which call, and after or unless which earlier one. */
  readonly replies: readonly {
    readonly to: string;
    readonly after?: string;
    readonly unless?: string;
    readonly out?: string;
    readonly code?: number;
  }[];
}

/** One call of the program. */
export interface Call {
  readonly command: string;
  readonly flags: Readonly<Record<string, string>>;
  readonly words: readonly string[];
  readonly input: string;
}

/** Refuses what the reference does not have, writes down the rest, and replies. */
const program = `
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
const [cliFile, log, ...args] = process.argv.slice(2);
const cli = JSON.parse(readFileSync(cliFile, 'utf8'));
const refuse = (why) => { console.error(\`\${cli.program}: \${why}: \${args.join(' ')}\`); process.exit(64); };
const command = Object.keys(cli.commands)
  .sort((a, b) => b.length - a.length)
  .find((one) => args.slice(0, one.split(' ').length).join(' ') === one);
if (command === undefined) refuse('unknown command');
const { flags: known, words: wanted = 0 } = cli.commands[command];
const rest = args.slice(command.split(' ').length);
const call = { command, flags: {}, words: [], input: '' };
for (let at = 0; at < rest.length; at++) {
  if (!rest[at].startsWith('-')) { call.words.push(rest[at]); continue; }
  const flag = rest[at];
  const takes = known[flag];
  if (takes === undefined || flag in call.flags) refuse(\`flag \${flag}\`);
  if (takes === 'nothing') { call.flags[flag] = ''; continue; }
  const values = [];
  while (at + 1 < rest.length && !(rest[at + 1].startsWith('--')) && (takes === 'several' || values.length === 0)) values.push(rest[++at]);
  if (values.length === 0 || values.includes('')) refuse(\`nothing for \${flag}\`);
  call.flags[flag] = values.join(' ');
}
if (call.words.length !== wanted) refuse(\`words \${call.words}\`);
if (Object.entries(call.flags).some(([flag, value]) => /file$/.test(flag) && value === '-')) call.input = readFileSync(0, 'utf8');
const before = existsSync(log) ? readFileSync(log, 'utf8') : '';
appendFileSync(log, \`\${JSON.stringify(call)}\\n\`);
const said = args.join(' ');
const reply = cli.replies.find(({ to, after, unless }) =>
  new RegExp(to).test(said) && (!after || new RegExp(after).test(before)) && !(unless && new RegExp(unless).test(before)));
if (reply?.out !== undefined) process.stdout.write(reply.out);
process.exit(reply?.code ?? 0);
`;

/** Puts the program into a folder's \`bin\`. @returns where it is, and what has been called so far */
export function strictCli(folder: string, cli: Cli) {
  const log = join(folder, 'calls');
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  writeFileSync(join(folder, 'cli.json'), JSON.stringify(cli));
  writeFileSync(join(folder, 'strict.mjs'), program);
  const stand = join(bin, cli.program);
  writeFileSync(
    stand,
    `#!/bin/sh\nexec '${process.execPath}' '${folder}/strict.mjs' '${folder}/cli.json' '${log}' "$@"\n`,
  );
  chmodSync(stand, 0o755);
  const calls = (): readonly Call[] =>
    readFileSync(log, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
  return { bin, calls };
}
