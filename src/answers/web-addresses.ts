import type { Checked } from './field.ts';

/** An `https` address, kept as it was typed: browsers forgive much that other programs read differently. */
export function parseUrl(text: string): Checked<'url'> {
  const typed = text.trim();
  if (!/^https:\/\//i.test(typed) || !URL.canParse(typed)) {
    return { problem: 'An address that starts with https:// is needed.' };
  }
  if (!/^[\x21-\x7e]{1,1000}$/.test(typed) || /["'`<>\\^{}|]/.test(typed)) {
    return {
      problem: 'An address holds no blanks, quotes or other characters that it has to encode.',
    };
  }
  const { username, password } = new URL(typed);
  if (username !== '' || password !== '') {
    return { problem: 'Leave the user and password out of the address; this file is kept in git.' };
  }
  return { value: typed };
}

/** A registry and the path in it, such as `ghcr.io/owner/name`; the grammar is that of image references (distribution/reference). */
export function parseRegistry(text: string): Checked<'registry'> {
  const typed = text.trim().replace(/\/+$/, '');
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(typed)) {
    return { problem: `Leave out “${typed.split('//')[0]}//”: ghcr.io/owner/name.` };
  }
  const [host = '', ...path] = typed.split('/');
  if (path.length === 0 || !/^([a-z0-9-]+\.)+[a-z0-9-]+(:\d{1,5})?$/i.test(host)) {
    return { problem: 'A registry and a path in it are needed, such as ghcr.io/owner/name.' };
  }
  const names = path.map((part) => part.toLowerCase());
  const bad = names.find((part) => !/^[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*$/.test(part));
  if (bad !== undefined) return { problem: `“${bad}” cannot be part of an image’s name.` };
  const value = [host.toLowerCase(), ...names].join('/');
  if (value.length > 200) return { problem: 'At most 200 characters.' };
  return { value };
}
