import { stackPicture } from './stack.ts';
import { wizardPicture } from './wizard.ts';

/** The pictures of what the program shows and makes, by their names in `docs/images`. */
export const pictures: Readonly<Record<string, () => Promise<string> | string>> = {
  'wizard.svg': wizardPicture,
  'stack.svg': stackPicture,
};
