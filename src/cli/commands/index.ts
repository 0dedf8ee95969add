import type { Command } from './command.ts';

/** Every subcommand; `words[0]` of the command line chooses one. To add one, add its file and its row here. */
export const commands: Readonly<Record<string, Command>> = {
  adopt: {
    words: '[old] [new]',
    about: 'make a stack of a Jitsi that runs already',
    more: 'It reads the compose file and .env of docker-jitsi-meet, or of a compose project of your own, shows what it found where, and changes nothing there. Settings, passwords, accounts and certificate come along. Values that Compose gets with --env-file need the same option here.',
    example: 'npx create-jitsi-stack@latest adopt ../docker-jitsi-meet meet',
    load: async () => (await import('./adopt.ts')).adopt,
  },
  diff: {
    words: '[dir]',
    about: 'show what a run would change, as a diff',
    more: 'Nothing is written. Options that change an answer work here too.',
    example: 'npx create-jitsi-stack@latest diff --release stable-11146-2',
    load: async () => (await import('./diff.ts')).diff,
  },
  doctor: {
    words: '[dir]',
    about: 'check a running stack as visitors reach it',
    more: 'Run it on another computer than the server, in a clone of the stack. It tries DNS, ports, certificates, page, signalling and relay, and says what to do about everything that is wrong.',
    example: 'npx create-jitsi-stack@latest doctor meet',
    load: async () => (await import('./doctor.ts')).doctor,
  },
  explain: {
    words: 'FILE',
    about: 'say what made a file, and whether you edited it',
    more: 'It works for every file and folder of a stack, from anywhere inside it.',
    example: 'npx create-jitsi-stack@latest explain compose.yaml',
    load: async () => (await import('./explain.ts')).explain,
  },
  releases: {
    words: '[diff A B]',
    about: 'list Jitsi’s releases, or compare two of them',
    more: 'In a stack, diff leaves out what does not concern it. A release that is not known yet can be read from a checkout of docker-jitsi-meet into the stack here: releases add --from CHECKOUT [TAG].',
    example: 'npx create-jitsi-stack@latest releases diff stable-11031 stable-11146-2',
    load: async () => (await import('./releases.ts')).releases,
  },
  settings: {
    words: '[WORD]',
    about: 'find a setting of Jitsi by a word',
    more: 'In a stack, it lists what the stack’s own release reads, and what is set.',
    example: 'npx create-jitsi-stack@latest settings lobby',
    load: async () => (await import('./settings.ts')).settings,
  },
};
