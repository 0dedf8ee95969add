import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Adoption } from '../../adopt/adoption.ts';
import { readInstallation } from '../../adopt/installation.ts';
import { type Proposal, propose } from '../../adopt/propose.ts';
import { refuseOtherSecrets, undecidedProblems } from '../../adopt/refuse.ts';
import { layerAnswers, type RawAnswers } from '../../answers/complete.ts';
import { type Gathered, gather } from '../../answers/gather.ts';
import type { Section } from '../../answers/sections.ts';
import type { Target } from '../../decide.ts';
import { StackError } from '../../errors.ts';
import { createInteractive } from '../interactive.ts';
import { createNonInteractive, warn } from '../non-interactive.ts';
import { adoptionJson, foundVersions, unplacedVersions } from '../report/adoption.ts';
import { settingVersions } from '../report/adoption-evidence.ts';
import { firstSentence, fit, linesOf, type Part } from '../report/fit.ts';
import type { Terminal } from '../terminal.ts';
import type { Asker } from '../wizard/asker.ts';
import { chooseTarget, samePlace } from './adopt-target.ts';
import type { RunCommand } from './command.ts';

/** Makes a stack of an installation that is there already. */
export const adopt: RunCommand = async (invocation, context) => {
  const { terminal, directory: from } = context;
  const sections = await context.sections();
  const [word = '.', ...rest] = invocation.words;
  const asks = terminal.interactive && !invocation.yes && !invocation.json && !invocation.check;
  const asker = asks ? await context.asker() : undefined;
  asker?.intro('create-jitsi-stack: adopt');
  const read = async (envFiles: readonly string[]) => {
    const files = envFiles.map((named) => ({ path: resolve(from, named), named }));
    const installation = readInstallation(resolve(from, word), word, files);
    const wanted = invocation.answers.release;
    const release = wanted === undefined ? undefined : String(wanted);
    return { named: word, installation, proposal: await propose(installation, sections, release) };
  };
  let old = await read(invocation.envFiles);
  if (asker && isMissingFile(old.proposal)) {
    const file = await askForFile(old.proposal, from, asker);
    if (file !== '') old = await read([file]);
  }
  const { installation, proposal } = old;
  const width = Math.min(terminal.columns, 100) - 4;
  const found = foundVersions(old, terminal, width);
  const notes = [...proposal.notes, ...proposal.takeover.notes];
  if (asker) showFound(word, found, notes, asker, terminal);

  const named = await chooseTarget({ words: rest, old: word, installation, from, asker });
  const directory = resolve(from, named);
  const adoption: Adoption = { ...old, inPlace: samePlace(directory, installation.directory) };
  refuseOtherSecrets(directory, named, adoption);
  const stated = await gather(invocation, sections, from, directory);
  const gathered = proposed(stated, proposal.answers, sections, adoption);
  const target: Target = { named, directory, gathered, sections, adoption };
  const open = proposal.undecided.filter(
    ({ answer }) => answer === undefined || isOpen(gathered.stated, answer),
  );
  // What is found is shown before anything is refused: it took the trouble of being read.
  if (!asker && !invocation.json)
    context.say(`${fit([found], terminal.lines / 12).texts.join('')}\n\n`);
  if (!asker) warn(notes, context);
  const refused = asker ? open.filter(({ answer }) => answer === undefined) : open;
  if (refused.length > 0) {
    const unplaced = [...proposal.unplaced, ...proposal.unspoken];
    const lists = {
      'Settings found there': settingVersions(old, unplaced, terminal, width),
      'Not taken over': unplacedVersions(unplaced, terminal, width),
    };
    for (const [title, versions] of Object.entries(lists)) {
      const text = fit([versions], terminal.lines / 6).texts.join('');
      if (!invocation.json && versions[0] !== '') context.say(`${title}\n${text}\n\n`);
    }
    const data = { adoption: adoptionJson(adoption, unplaced) };
    throw new StackError(undecidedProblems(refused, sections), { data });
  }
  if (!asker) return createNonInteractive(invocation, context, target);
  for (const { what } of open) asker.tell(what, 'warning');
  return createInteractive(invocation, context, target, asker);
};

/** What was found, with a question below it. */
function showFound(
  word: string,
  found: Part,
  notes: readonly string[],
  asker: Asker,
  { lines }: Terminal,
): void {
  // Every answer with its file and line is among the details of the plan.
  const parts = [found.slice(1), ...notes.map((note): Part => [note, firstSentence(note)])];
  const height = (texts: readonly string[]) =>
    texts.reduce((sum, text) => sum + linesOf(text) + 2, 0);
  const { texts } = fit(parts, lines - 6, height);
  const [old = '', ...said] = texts;
  asker.show(`Found in ${word}`, old);
  for (const note of said) asker.tell(note, 'warning');
}

function isMissingFile({ undecided }: Proposal): boolean {
  return undecided.some(({ answer }) => answer === undefined);
}

/** Asks for the file that Compose gets the values from; empty where there is none. */
async function askForFile({ undecided }: Proposal, from: string, asker: Asker): Promise<string> {
  for (const { what } of undecided) asker.tell(what, 'warning');
  const typed = await asker.text({
    question: 'Which file has the values? (the one that you give docker compose with --env-file)',
    fallback: '',
    problem: (answer) =>
      answer.trim() === '' || existsSync(resolve(from, answer.trim()))
        ? undefined
        : 'There is no such file.',
  });
  return typed.trim();
}

/** The installation's answers below those of a stack that an earlier run has begun, and below those of this call. */
function proposed(
  gathered: Gathered,
  answers: RawAnswers,
  sections: readonly Section[],
  { named, inPlace, installation }: Adoption,
): Gathered {
  const { existing = {}, stated, notes, stacks, sourceOf } = gathered;
  // Compose goes by that line before all else, and in place it stays where it is.
  const isNamed = inPlace && Boolean(installation.env.get('COMPOSE_PROJECT_NAME')?.value);
  const found = isNamed ? { ...answers, name: installation.compose.project } : answers;
  return {
    stated: layerAnswers(sections, layerAnswers(sections, found, existing), stated),
    notes,
    stacks,
    sourceOf: (place) => {
      const isStated = isOpen(stated, place.join('.')) === false;
      return isStated || !isOpen(existing, place.join('.'))
        ? sourceOf(place)
        : `${named} (adopted)`;
    },
  };
}

function isOpen(answers: RawAnswers, place: string): boolean {
  const [section = '', name] = place.split('.');
  const value = answers[section];
  if (name === undefined) return value === undefined;
  return (value as RawAnswers | undefined)?.[name] === undefined;
}
