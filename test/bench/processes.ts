import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** Processes of this name whose network is that one (`net:[…]`, as /proc names it). */
export function processesOf(name: string, network: string): string[] {
  return readdirSync('/proc').filter((id) => {
    if (!/^\d+$/.test(id)) return false;
    try {
      const command = readFileSync(`/proc/${id}/comm`, 'utf8').trim();
      return command === name && readlinkSync(`/proc/${id}/ns/net`) === network;
    } catch {
      // It has ended meanwhile.
      return false;
    }
  });
}

/** What it has used so far of processors, in seconds; Linux counts in hundredths. */
export function processorTime(id: string): number {
  const fields = readFileSync(`/proc/${id}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
}
