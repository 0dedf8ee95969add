import type { Command } from './command.ts';

/** Every subcommand; `words[0]` of the command line chooses one. To add one, add its file and its row here. */
export const commands: Readonly<Record<string, Command>> = {
  adopt: {
    words: '[old] [new]',
    about: 'make a stack of a Jitsi that runs already: docker-jitsi-meet, or your own compose file',
    example: 'npx create-jitsi-stack@latest adopt ../docker-jitsi-meet meet',
    load: async () => (await import('./adopt.ts')).adopt,
  },
  diff: {
    words: '[dir]',
    about: 'show what a run would change, as a diff',
    example: 'npx create-jitsi-stack@latest diff --release stable-11146-2',
    load: async () => (await import('./diff.ts')).diff,
  },
  doctor: {
    words: '[dir]',
    about: 'check a running stack from here: DNS, ports, certificates, page, signalling, relay',
    example: 'npx create-jitsi-stack@latest doctor meet',
    load: async () => (await import('./doctor.ts')).doctor,
  },
  explain: {
    words: 'FILE',
    about: 'say which feature and answers made a file, and whether it was edited',
    example: 'npx create-jitsi-stack@latest explain compose.yaml',
    load: async () => (await import('./explain.ts')).explain,
  },
  releases: {
    words: '[diff A B | add --from CHECKOUT [TAG]]',
    about:
      'list the Jitsi releases, or what changes between two of them (for the stack here); read a new one into the stack here',
    example: 'npx create-jitsi-stack@latest releases diff stable-11031 stable-11146-2',
    load: async () => (await import('./releases.ts')).releases,
  },
  settings: {
    words: '[WORD]',
    about: 'list the settings of Jitsi (for the stack here) that have WORD in name or description',
    example: 'npx create-jitsi-stack@latest settings lobby',
    load: async () => (await import('./settings.ts')).settings,
  },
};
