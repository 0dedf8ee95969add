import { brandingPicture } from './branding.ts';
import { stackPicture } from './stack.ts';
import { wizardPicture } from './wizard.ts';

type Pictures = Readonly<Record<string, () => Promise<string> | string>>;

/** The pictures of what the program shows and makes, by their names in `docs/images`. */
export const pictures: Pictures = {
  'wizard.svg': wizardPicture,
  'stack.svg': stackPicture,
};

/** Those that a browser makes: drawn anew only when asked for, as its pixels are others each time. */
export const photographs: Pictures = { 'branding.svg': brandingPicture };
