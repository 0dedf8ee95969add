/** What a name stands for; undefined when it is not set. */
export type VariableLookup = (name: string) => string | undefined;

const operators = [':-', ':?', ':+', '-', '?', '+'] as const;

/**
 * Replaces variables as Docker Compose does (compose-spec, "Interpolation"): `$NAME`, `${NAME}`, `${NAME:-default}`,
 * `${NAME:+other}`, nested, and `$$` for a dollar sign. A dollar that begins nothing stays, and a name that must be set
 * but is not (`${NAME:?sentence}`) is empty: nothing is started here.
 *
 * @param unset is told each name that has no value, and whether something else is taken instead
 */
export function interpolate(
  text: string,
  lookup: VariableLookup,
  unset: (name: string, replaced: boolean) => void = () => {},
): string {
  let result = '';
  for (let at = 0; at < text.length; ) {
    const dollar = text.indexOf('$', at);
    if (dollar === -1) return result + text.slice(at);
    result += text.slice(at, dollar);
    if (text[dollar + 1] === '$') {
      result += '$';
      at = dollar + 2;
      continue;
    }
    const plain = /^[a-z_]\w*/i.exec(text.slice(dollar + 1))?.[0];
    const end = text[dollar + 1] === '{' ? closingBrace(text, dollar + 2) : undefined;
    if (plain !== undefined) {
      const value = lookup(plain);
      if (value === undefined) unset(plain, false);
      result += value ?? '';
      at = dollar + 1 + plain.length;
    } else if (end !== undefined) {
      result += substitute(text.slice(dollar + 2, end), lookup, unset);
      at = end + 1;
    } else {
      result += '$';
      at = dollar + 1;
    }
  }
  return result;
}

/** Names in a text that nothing is known of, each with whether the text says what to take instead. */
export function unsetIn(
  text: string,
  lookup: VariableLookup,
): readonly { readonly name: string; readonly replaced: boolean }[] {
  const unset: { name: string; replaced: boolean }[] = [];
  interpolate(text, lookup, (name, replaced) => unset.push({ name, replaced }));
  return unset;
}

/** Names that a text refers to, in order; those in defaults too. */
export function namesIn(text: string): string[] {
  const names: string[] = [];
  interpolate(text, (name) => {
    names.push(name);
    return undefined;
  });
  return names;
}

function substitute(
  inside: string,
  lookup: VariableLookup,
  unset: (name: string, replaced: boolean) => void,
): string {
  const name = /^[a-z_]\w*/i.exec(inside)?.[0];
  if (name === undefined) return `\${${inside}}`;
  const rest = inside.slice(name.length);
  const value = lookup(name);
  const operator = operators.find((sign) => rest.startsWith(sign));
  if (rest !== '' && operator === undefined) return `\${${inside}}`;
  if (value === undefined) unset(name, operator !== undefined && !operator.endsWith('?'));
  if (operator === undefined) return value ?? '';
  const other = () => interpolate(rest.slice(operator.length), lookup, unset);
  const isThere = operator.startsWith(':')
    ? value !== undefined && value !== ''
    : value !== undefined;
  if (operator.endsWith('-')) return isThere ? (value ?? '') : other();
  if (operator.endsWith('+')) return isThere ? other() : '';
  return value ?? '';
}

function closingBrace(text: string, from: number): number | undefined {
  for (let at = from, depth = 1; at < text.length; at++) {
    if (text[at] === '$' && text[at + 1] === '{') depth++;
    if (text[at] === '}' && --depth === 0) return at;
  }
  return undefined;
}
