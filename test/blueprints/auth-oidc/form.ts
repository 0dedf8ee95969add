import type { Page } from './browser.ts';

/** The first form of a page: where it is sent to, with what stands in its hidden fields. */
export function formOf({ body, url }: Page): {
  readonly action: string;
  readonly hidden: Readonly<Record<string, string>>;
} {
  const read = (text = '') => text.replaceAll('&amp;', '&').replaceAll('&quot;', '"');
  const hidden = [...body.matchAll(/<input[^>]*type="hidden"[^>]*>/g)].map(([tag]) => [
    /name="([^"]*)"/.exec(tag)?.[1] ?? '',
    read(/value="([^"]*)"/.exec(tag)?.[1]),
  ]);
  const action = read(/<form[^>]*action="([^"]+)"/.exec(body)?.[1]);
  return { action: new URL(action, url).href, hidden: Object.fromEntries(hidden) };
}
