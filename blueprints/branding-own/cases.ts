import type { Cases } from '../../src/blueprint.ts';

export const cases: Cases = [
  { branding: { look: 'own', name: 'Our “meetings” & more', welcome: 'none' } },
  {
    branding: {
      look: 'own',
      name: 'Example',
      logo: 'logo.svg',
      color: '#0f6cbd',
      imprint: 'https://www.example.org/imprint',
      privacy: 'https://www.example.org/privacy',
      terms: 'https://www.example.org/terms',
      welcome: 'own',
    },
  },
];
