import type { Decisions, ValuesOf } from '../../src/blueprint.ts';
import { shadesOf } from './colors.ts';
import type { fields } from './fields.ts';

/** Below the address of the page; web serves everything in `static/`. */
const folder = '/static/branding';

/** The page as its owner wants it. Apps take whole addresses only. */
export function present({ url }: Decisions, own: ValuesOf<typeof fields>) {
  const { name, logo = '', color, imprint, privacy, terms, welcome } = own;
  const shades = color === undefined ? { plain: '', hover: '', active: '' } : shadesOf(color);
  const links = [
    { title: 'Imprint', address: imprint ?? '' },
    { title: 'Privacy', address: privacy ?? '' },
    { title: 'Terms', address: terms ?? '' },
  ].filter(({ address }) => address !== '');
  return {
    folder,
    url,
    pictures: `${url}${folder}/NAME`,
    name,
    logo: logo === '' ? '' : `${folder}/${logo}`,
    logoAddress: logo === '' ? '' : `${url}${folder}/${logo}`,
    colored: color !== undefined,
    shades,
    /** Six digits without the mark before them, for a style sheet. */
    digits: { plain: shades.plain.slice(1), hover: shades.hover.slice(1) },
    links,
    legal: privacy !== undefined || terms !== undefined,
    privacy: privacy ?? '',
    terms: terms ?? '',
    ownWelcome: welcome === 'own',
  };
}
