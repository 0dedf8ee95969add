import type { Fields } from '../../src/blueprint.ts';

export const fields = {
  name: {
    kind: 'text',
    question: 'What should the page call itself?',
    description:
      'name of the page, in the browser’s tab, in previews of links and in Jitsi’s texts',
  },
  logo: {
    kind: 'text',
    question: 'What is your logo’s file in jitsi/branding called? (logo.svg or logo.png)',
    description: 'file in jitsi/branding with the logo, such as logo.svg; Jitsi’s own without it',
    optional: true,
    advanced: true,
  },
  color: {
    kind: 'text',
    question: 'Which colour should buttons and links have? (such as #0f6cbd)',
    description: 'colour of buttons and links, such as #0f6cbd; Jitsi’s own without it',
    optional: true,
    advanced: true,
  },
  imprint: {
    kind: 'url',
    question: 'Where is your imprint?',
    description: 'address of your imprint; a duty in many countries',
    optional: true,
    advanced: true,
  },
  privacy: {
    kind: 'url',
    question: 'Where is your privacy policy?',
    description: 'address of your privacy policy; a duty in many countries',
    optional: true,
    advanced: true,
  },
  terms: {
    kind: 'url',
    question: 'Where are your terms of use?',
    description: 'address of your terms of use',
    optional: true,
    advanced: true,
  },
  welcome: {
    kind: 'choice',
    question: 'What should people see who open the address without a room?',
    description: 'what people see who open the address without a room',
    default: 'jitsi',
    advanced: true,
    options: [
      { value: 'jitsi', label: 'Jitsi’s page, where they start a meeting' },
      {
        value: 'own',
        label: 'A page of yours, without a way to start a meeting',
        hint: 'jitsi/branding/welcome.html; strangers who find the address start nothing there',
      },
      { value: 'none', label: 'No page: a new room at once' },
    ],
  },
} as const satisfies Fields;
