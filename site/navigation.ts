/** The pages in the order in which their readers need them; each is a file in `docs/`, and its heading is its name. */
export const navigation: readonly { readonly text: string; readonly pages: readonly string[] }[] = [
  { text: 'Start', pages: ['first-meeting', 'make-it-yours', 'extras', 'limits'] },
  {
    text: 'Your stack',
    pages: [
      'stack',
      'authentication',
      'edges',
      'networks',
      'firewall',
      'security',
      'scaling',
      'kubernetes',
    ],
  },
  {
    text: 'The year after',
    pages: [
      'updates',
      'upgrading',
      'releases',
      'recording',
      'telephone',
      'transcription',
      'doctor',
      'monitoring',
      'backups',
      'rebuilding',
    ],
  },
  { text: 'Moving in and out', pages: ['adopting', 'moving', 'automation'] },
  { text: 'To look up', pages: ['answers', 'settings', 'glossary'] },
  {
    text: 'The project',
    pages: ['architecture', 'blueprints', 'decisions', 'testing', 'lab', 'benchmarks'],
  },
];
