/** An option that is not an answer. */
export interface CommandOption {
  readonly about: string;
  readonly short?: string;
  /** What stands after it; without one it is a switch. */
  readonly argument?: string;
  readonly multiple?: true;
  /** The word without it, where the switch itself is a `--no-…`. */
  readonly heading: 'Answers' | 'Running' | 'Edits of yours that overlap with an update' | 'Other';
}

/** Every option that is not an answer, by name, in the order of the help text. */
export const options = {
  answers: {
    heading: 'Answers',
    argument: 'FILE',
    about: 'read answers from a JSON file like jitsi-stack.json',
  },
  set: {
    heading: 'Answers',
    argument: 'KEY=VALUE',
    multiple: true,
    about: 'set one answer by its place in the file: turn.mode=none, settings.ENABLE_LOBBY=0',
  },
  release: {
    heading: 'Answers',
    argument: 'TAG',
    about: 'which release of Jitsi (docker-jitsi-meet)',
  },
  reconfigure: {
    heading: 'Answers',
    about: 'ask every question again; the answers so far are the defaults',
  },
  yes: {
    heading: 'Running',
    short: 'y',
    about: 'ask nothing: take defaults for what is not answered',
  },
  'dry-run': { heading: 'Running', about: 'show the changes and write nothing' },
  check: { heading: 'Running', about: 'exit 1 when the stack is not up to date; write nothing' },
  json: { heading: 'Running', about: 'print the result as one JSON document; ask nothing' },
  details: {
    heading: 'Running',
    about: 'show everything, however long it is',
  },
  'no-git': { heading: 'Running', about: 'write plain files, without a repository or a commit' },
  from: {
    heading: 'Running',
    argument: 'CHECKOUT',
    about: 'with releases add: a clone of docker-jitsi-meet, or an unpacked release of it',
  },
  'env-file': {
    heading: 'Running',
    argument: 'FILE',
    multiple: true,
    about: 'with adopt: the file that you give docker compose with --env-file, instead of .env',
  },
  mine: {
    heading: 'Edits of yours that overlap with an update',
    argument: 'PATH',
    multiple: true,
    about: 'keep your lines in this file or folder (. for all)',
  },
  new: {
    heading: 'Edits of yours that overlap with an update',
    argument: 'PATH',
    multiple: true,
    about: 'take the new lines in this file or folder (. for all)',
  },
  markers: {
    heading: 'Edits of yours that overlap with an update',
    about: 'leave conflict markers in the files, to resolve by hand',
  },
  help: { heading: 'Other', short: 'h', about: 'show this text' },
  version: { heading: 'Other', short: 'V', about: 'show the version' },
} as const satisfies Readonly<Record<string, CommandOption>>;
