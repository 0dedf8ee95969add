/** Looks at a site from a process of its own: `look.ts PORT`. Prints what is said about its page, and ends as the doctor does. */
import { findingsOf, planAt } from './examined.ts';

const findings = await findingsOf(await planAt({ https: Number(process.argv[2]) }));
const reasons = findings.map(({ seen }) => /but (.*)\.$/.exec(seen)?.[1]).filter(Boolean);
console.log(JSON.stringify(reasons));
process.exitCode = findings.some(({ outcome }) => outcome === 'wrong') ? 1 : 0;
