/** Suites get our uvu, and our uvu the real one. */
export function resolve(specifier, context, next) {
  const ours = new URL('uvu-with-hooks.ts', import.meta.url).href;
  return specifier === 'uvu' && context.parentURL?.split('?')[0] !== ours
    ? next(ours, context)
    : next(specifier, context);
}
