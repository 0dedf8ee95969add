import { smallServer } from '../answers/memory.ts';
import type { Contribution } from './blueprint.ts';

/** What the owner of a small server should know and do first; nothing, where there is memory enough. */
export function smallServerAdvice(memory: number): Pick<Contribution, 'notes' | 'steps'> {
  if (memory >= smallServer) return {};
  return {
    notes: [
      {
        level: 'warning',
        text: `${memory} MiB of memory are little for Jitsi: it starts, and two or three people can meet. For more take a server with 2 GB or more; with this one, add swap before the first start.`,
      },
    ],
    steps: [
      {
        phase: 'before',
        title: 'Give the server swap',
        detail:
          'It has little memory, and without swap the system kills a container when memory runs out. Skip this if “swapon” lists some already.',
        command: [
          'sudo fallocate -l 2G /swapfile && sudo chmod 600 /swapfile',
          'sudo mkswap /swapfile && sudo swapon /swapfile',
          'echo "/swapfile none swap sw 0 0" | sudo tee -a /etc/fstab',
        ].join('\n'),
      },
    ],
  };
}
