import type { Plan } from '../plan/plan.ts';

/** The relay as prosody tells people about it. */
export interface RelayAddress {
  readonly host: string;
  /** It runs in this stack. */
  readonly own: boolean;
  readonly ways: readonly RelayWay[];
}

export interface RelayWay {
  readonly transport: 'udp' | 'tcp' | 'tls';
  readonly port: number;
}

/** Undefined for a stack without one. */
export function relayOf({ services, endpoints }: Plan): RelayAddress | undefined {
  const told = services.find(({ name }) => name === 'prosody')?.environment ?? {};
  if (told.TURN_HOST === undefined) return undefined;
  const own = services.some(({ name }) => name === 'coturn');
  const plain = String(told.TURN_TRANSPORT)
    .split(',')
    .map((transport) => ({ transport: transport as 'udp' | 'tcp', port: Number(told.TURN_PORT) }));
  // Besides the shared port 443 it keeps its own.
  const direct = endpoints.find(({ name }) => name === 'turn-tls')?.port;
  const tls = [...new Set([Number(told.TURNS_PORT), ...(direct === undefined ? [] : [direct])])];
  return {
    host: String(told.TURN_HOST),
    own,
    ways: [...plain, ...tls.map((port) => ({ transport: 'tls', port }) as const)],
  };
}
