import { changingName } from '../../addresses.ts';
import { isInCluster } from '../../answers/whose.ts';
import type { Link, Plan } from '../../plan/plan.ts';
import { type Node, treeLines } from './boxes.ts';
import { wrap } from './wrap.ts';

/**
 * The stack's network: who comes in through which ports, what answers, and whom that passes on to. Every link of the plan
 * is in it: as an arrow between boxes as far as the width allows, else in a line of its own below.
 *
 * @param width columns that there are
 */
export function networkDrawing(plan: Plan, width: number, unicode: boolean): string {
  const source = sourceOf(plan);
  for (let depth = plan.links.length; ; depth--) {
    const { children, rest } = branches(plan.links, depth);
    const tree = treeLines({ label: '', lines: source, children }, width, unicode);
    if (depth > 1 && tree.some((line) => line.length > width)) continue;
    const lines = rest.flatMap((link) => wrap(restLine(link, unicode), width));
    return [...tree, ...(lines.length > 0 ? ['', ...lines] : [])].join('\n');
  }
}

/** The way from the people to the server, with the addresses that they see on it. */
function sourceOf({ answers }: Plan): readonly string[] {
  const { network } = answers;
  if (isInCluster(answers)) return ['internet', 'the cluster'];
  const outside = changingName(network) ?? network.publicAddresses.join(', ');
  const inside = network.lanAddresses.join(', ');
  switch (network.exposure) {
    case 'public':
      return ['internet', `this server ${outside}`];
    case 'nat':
      return ['internet', `router ${outside}`, `this server ${inside}`];
    case 'lan':
      return ['local network', `this server ${inside}`];
  }
}

/**
 * The arrows from outside and on from there. Each service is one box, as near to the people as it can be; further arrows
 * to it end at its name.
 *
 * @param depth boxes in a row at most; `rest` are the links that this leaves out, and those of nobody who is reached
 */
function branches(
  links: readonly Link[],
  depth: number,
): { children: readonly Node[]; rest: readonly Link[] } {
  /** The link that leads to each service's box. */
  const boxes = new Map<string, Link>();
  const drawn = new Set<Link>();
  let row = ['outside'];
  for (let column = 0; column < depth && row.length > 0; column++) {
    const onward = row.flatMap((from) => links.filter((link) => link.from === from));
    const found = onward.filter(
      (link, index) =>
        !boxes.has(link.to) && onward.findIndex(({ to }) => to === link.to) === index,
    );
    for (const link of onward) drawn.add(link);
    for (const link of found) boxes.set(link.to, link);
    row = found.map(({ to }) => to);
  }
  const nodesFrom = (from: string): readonly Node[] =>
    [...drawn]
      .filter((link) => link.from === from)
      .map((link) => {
        const boxed = boxes.get(link.to) === link;
        const { label, to } = link;
        return { label, lines: [to], boxed, children: boxed ? nodesFrom(to) : [] };
      });
  return { children: nodesFrom('outside'), rest: links.filter((link) => !drawn.has(link)) };
}

function restLine({ from, to, label }: Link, unicode: boolean): string {
  const [line, head] = unicode ? ['─', '▶'] : ['-', '>'];
  const who = from === 'host' ? 'on this server:' : `inside: ${from} ${line}`;
  return `${who} ${label} ${line}${head} ${to}`;
}
