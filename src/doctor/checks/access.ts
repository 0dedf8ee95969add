import type { Examination } from '../examination.ts';
import type { Finding } from '../finding.ts';

/** The owner's own files leave it to the answers who gets in, opens a room and moderates. */
export function checkAccess({ plan, access }: Examination): readonly Finding[] {
  if (!access) return [];
  const { mode } = plan.answers.auth;
  const unread = access.unread.map(({ where = 'the stack’s files', what, why, fix }): Finding => {
    const seen = [what, why].filter(Boolean).join(' ');
    return { check: 'access', subject: where, outcome: 'not checked', seen, ...(fix && { fix }) };
  });
  const undone = access.undone.map(
    ({ path, line, name, why }): Finding => ({
      check: 'access',
      subject: line === undefined ? path : `${path}, line ${line}`,
      outcome: 'wrong',
      seen: `${name} decides about access, past the answer auth.mode (${mode}).`,
      why,
      fix: 'Take it out, then run ./stack up on the server; or choose what you want with --auth.',
    }),
  );
  if (undone.length + unread.length > 0) return [...undone, ...unread];
  const seen = 'Nothing in your own files changes who gets in, opens a room or moderates.';
  return [{ check: 'access', subject: `auth.mode ${mode}`, outcome: 'ok', seen }];
}
