import { homedir } from 'node:os';
import { manifest } from '../../manifest.ts';

/** Longest part of a stack trace that goes into a link: browsers and GitHub take addresses of some 8,000 characters. */
const most = 2000;

/** A defect of this tool, for its reader: whose it is, where to report it, and what is to be reported. */
export function defectText(error: unknown): string {
  const { version, bugs } = manifest();
  const trace = traceOf(error);
  const report = new URL(`${bugs.url}/new`);
  report.search = new URLSearchParams({
    template: 'defect.yml',
    title: trace.split('\n')[0]?.slice(0, 100) ?? '',
    version,
    system: `Node ${process.versions.node}, ${process.platform} ${process.arch}`,
    trace: trace.slice(0, most),
  }).toString();
  return [
    `This is a defect of create-jitsi-stack ${version}, not a mistake of yours.`,
    'Please report it. This link fills in the form; look it through for secrets before you send it:',
    '',
    `  ${report.href}`,
    '',
    trace,
    '',
  ].join('\n');
}

/** The error with its stack, without the name of whoever met it. */
function traceOf(error: unknown): string {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return text.replaceAll(homedir(), '~');
}
