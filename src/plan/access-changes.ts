import type { Plan, Step } from './plan.ts';

/** What people have to hear when others may open rooms, join or moderate than before; empty where nothing of it changes. */
export function accessChanges(before: Plan, after: Plan): readonly Step[] {
  if (!before.access || !after.access) return [];
  const former = before.access.sentences;
  const changed = after.access.sentences.filter((sentence, index) => sentence !== former[index]);
  if (changed.length === 0) return [];
  const others = after.access.sentences[0] !== former[0];
  const left = others ? [before.access.leaves ?? ''] : [];
  const open = others && after.access.signIn === 'nothing';
  return [
    {
      phase: 'after',
      title: open
        ? 'Anybody can open rooms now'
        : `Tell people ${others ? 'how rooms open now' : 'what is different in rooms now'}`,
      detail: [...(open ? ['Nobody is asked who they are any more.'] : changed), ...left]
        .filter(Boolean)
        .join(' '),
    },
  ];
}
