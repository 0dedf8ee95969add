import type { Cases } from '../../src/blueprint.ts';

export const cases: Cases = [
  {
    backup: {
      to: 'rsync',
      place: 'backup@nas.example.org:meet',
      key: 'age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p',
    },
  },
];
