import type { Report } from '../stages.ts';
import { listing } from './table.ts';

/** What was made outside git, on this machine alone, or what a run would make there; empty when nothing is. */
export function localText({ outcome, secrets, certificate }: Report, width: number): string {
  const names = [...secrets.added, ...secrets.taken];
  const rows: [string, string][] = [
    ...(names.length > 0 ? [['.env', names.join(', ')] as [string, string]] : []),
    ...(certificate
      ? [['certs/', 'a self-signed certificate, until yours is there'] as [string, string]]
      : []),
  ];
  if (rows.length === 0) return '';
  const title =
    outcome === 'preview'
      ? 'A run would also make, on this machine and outside git'
      : 'Made on this machine, outside git';
  return `${title}\n${listing(rows, width)}`;
}
