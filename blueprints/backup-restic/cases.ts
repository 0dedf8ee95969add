import type { Cases } from '../../src/blueprint.ts';

export const cases: Cases = [
  { backup: { to: 'restic', place: 'sftp:backup@nas.example.org:meet', at: '22:05', keep: 30 } },
];
