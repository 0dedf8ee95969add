import type { Segment } from '../overlap/merge-file.ts';
import { look } from '../safety/disk.ts';

/** An older `.new` may be half worked through; one with the same content is what a killed run has left. */
export function freeName(directory: string, name: string, content: Buffer): string {
  for (let count = 0; ; count++) {
    const candidate = count === 0 ? name : `${name}.${count}`;
    const found = look(directory, candidate);
    if (found.kind === 'nothing') return candidate;
    if (found.kind === 'file' && found.content.equals(content)) return candidate;
  }
}

/** A merged file with its overlaps marked; the whole new file where lines could not be merged. */
export function withMarkers(segments: readonly Segment[], isMerged: boolean): Buffer {
  const parts = segments.map((segment) => {
    if ('text' in segment) return segment.text;
    if (!isMerged) return segment.new;
    const line = (text: string): string =>
      text === '' || text.endsWith('\n') ? text : `${text}\n`;
    const base =
      segment.base === undefined ? '' : `||||||| generated last time\n${line(segment.base)}`;
    return `<<<<<<< mine\n${line(segment.mine)}${base}=======\n${line(segment.new)}>>>>>>> new\n`;
  });
  return Buffer.from(parts.join(''), 'latin1');
}
