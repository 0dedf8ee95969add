import type { Problem, ValuesOf } from '../../src/blueprint.ts';
import { isColor } from './colors.ts';
import type { fields } from './fields.ts';

/** What a picture's file may be called: it becomes a part of an address, and of a path in a container. */
const picture = /^[A-Za-z0-9][A-Za-z0-9._-]{0,60}\.(?:svg|png)$/i;

export function problems({ name, logo, color }: ValuesOf<typeof fields>): readonly Problem[] {
  return [
    ...(name.length > 80
      ? [
          {
            answer: 'branding.name',
            what: 'The name of the page has 80 characters at most.',
            fix: 'Give a shorter one: it stands in a browser’s tab.',
          },
        ]
      : []),
    ...(logo !== undefined && !picture.test(logo)
      ? [
          {
            answer: 'branding.logo',
            what: `“${logo}” is no name of an SVG or PNG file in jitsi/branding.`,
            fix: 'Put the file there, and give its name alone, such as logo.svg.',
          },
        ]
      : []),
    ...(color !== undefined && !isColor(color)
      ? [
          {
            answer: 'branding.color',
            what: `“${color}” is no colour that can be put into the page.`,
            fix: 'Give six hexadecimal digits after a #, such as #0f6cbd.',
          },
        ]
      : []),
  ];
}
