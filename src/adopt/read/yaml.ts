import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
} from 'yaml';
import { StackError } from '../../errors.ts';

/** A YAML file by value, and where in it something stands. */
export interface YamlFile {
  readonly value: unknown;
  /** Line of the value at a place, or of the nearest thing around it. */
  readonly lineOf: (place: readonly (string | number)[]) => number;
}

/** @throws StackError that names the line, for what is not YAML */
export function readYaml(text: string, name: string): YamlFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { merge: true, lineCounter: lines, logLevel: 'error' });
  const [error] = document.errors;
  if (error) {
    throw new StackError({
      where: `${name}, line ${lines.linePos(error.pos[0]).line}`,
      what: 'This is not YAML that Compose could read.',
      why: error.message.split('\n')[0] ?? '',
    });
  }
  const lineOf: YamlFile['lineOf'] = (place) => lines.linePos(offsetOf(document, place)).line || 1;
  try {
    return { value: document.toJS({ maxAliasCount: 100 }), lineOf };
  } catch (cause) {
    // Aliases that multiply until memory is full.
    throw new StackError({ where: name, what: (cause as Error).message }, { cause });
  }
}

function offsetOf(document: Document, place: readonly (string | number)[]): number {
  let node: unknown = document.contents;
  let offset = 0;
  for (const step of place) {
    const found = below(resolve(node, document), step, document);
    if (found === undefined) break;
    offset = found.offset;
    node = found.node;
  }
  return offset;
}

function below(
  node: unknown,
  step: string | number,
  document: Document,
): { node: unknown; offset: number } | undefined {
  if (isSeq(node)) {
    const item = node.items[Number(step)];
    return isNode(item) ? { node: item, offset: item.range?.[0] ?? 0 } : undefined;
  }
  if (!isMap(node)) return undefined;
  for (const { key, value } of node.items) {
    if (isScalar(key) && String(key.value) === String(step)) {
      return { node: value, offset: key.range?.[0] ?? 0 };
    }
  }
  // What comes in through `<<` stands where it is merged from.
  for (const { key, value } of node.items) {
    if (!isScalar(key) || key.source !== '<<') continue;
    const merged = resolve(value, document);
    for (const source of isSeq(merged) ? merged.items : [merged]) {
      const found = below(resolve(source, document), step, document);
      if (found) return found;
    }
  }
  return undefined;
}

function resolve(node: unknown, document: Document): Node | undefined {
  if (isAlias(node)) return node.resolve(document);
  return isNode(node) ? node : undefined;
}
