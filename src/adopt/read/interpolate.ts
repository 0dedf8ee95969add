/** What a name stands for; undefined when it is not set. */
export type VariableLookup = (name: string) => string | undefined;

const operators = [':-', ':?', ':+', '-', '?', '+'] as const;

/**
 * Replaces variables as Docker Compose does (compose-spec, "Interpolation"): `$NAME`, `${NAME}`, `${NAME:-default}`,
 * `${NAME:+other}`, nested, and `$$` for a dollar sign. A dollar that begins nothing stays, and a name that must be set
 * but is not (`${NAME:?sentence}`) is empty: nothing is started here.
 */
export function interpolate(text: string, lookup: VariableLookup): string {
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
      result += lookup(plain) ?? '';
      at = dollar + 1 + plain.length;
    } else if (end !== undefined) {
      result += substitute(text.slice(dollar + 2, end), lookup);
      at = end + 1;
    } else {
      result += '$';
      at = dollar + 1;
    }
  }
  return result;
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

function substitute(inside: string, lookup: VariableLookup): string {
  const name = /^[a-z_]\w*/i.exec(inside)?.[0];
  if (name === undefined) return `\${${inside}}`;
  const rest = inside.slice(name.length);
  const value = lookup(name);
  if (rest === '') return value ?? '';
  const operator = operators.find((sign) => rest.startsWith(sign));
  if (operator === undefined) return `\${${inside}}`;
  const other = () => interpolate(rest.slice(operator.length), lookup);
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
