import type { Checked } from './field.ts';

/** A time zone that the images' database knows too. */
export function parseTimezone(text: string): Checked<'timezone'> {
  const typed = text.trim();
  // An offset such as +02:00 is a zone to JavaScript, but not to the containers.
  if (/^[A-Za-z][A-Za-z0-9_+/-]*$/.test(typed)) {
    // The list is at hand; older names need the formatter, which takes 15 ms to load.
    if (typed === 'UTC' || Intl.supportedValuesOf('timeZone').includes(typed)) {
      return { value: typed };
    }
    try {
      new Intl.DateTimeFormat('en', { timeZone: typed });
      return { value: typed };
    } catch {}
  }
  return { problem: `“${typed}” is not a time zone such as Europe/Berlin or UTC.` };
}
