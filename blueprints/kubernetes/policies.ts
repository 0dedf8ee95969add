import type { Decisions } from '../../src/blueprint.ts';

/** Who may come in to one of the chart's parts. */
export type Policy = {
  readonly name: string;
  readonly component: string;
  readonly rules: readonly Rule[];
};

type Rule = {
  readonly ports: readonly { readonly port: number; readonly protocol: 'TCP' | 'UDP' }[];
  /** Other parts of the chart; with a namespace or without either, whoever comes from there or from anywhere. */
  readonly from: readonly string[];
  readonly namespace: string;
};

const tcp = (port: number) => ({ port, protocol: 'TCP' as const });
const udp = (port: number) => ({ port, protocol: 'UDP' as const });
const anybody = (...ports: Rule['ports']): Rule => ({ ports, from: [], namespace: '' });
const these = (from: readonly string[], ...ports: Rule['ports']): Rule => ({
  ports,
  from,
  namespace: '',
});

/**
 * What may come in, part by part.
 *
 * @param components the chart's parts that there are
 * @param scales KEDA asks the bridges for their load
 */
export function policiesFor(
  { answers }: Pick<Decisions, 'answers'>,
  components: readonly string[],
  scales: boolean,
): readonly Policy[] {
  const recorder = components.includes('jibri') ? ['jibri'] : [];
  const rules: Readonly<Record<string, readonly Rule[]>> = {
    // The ingress controller may be anywhere, also in the network of its host.
    web: [anybody(tcp(8000))],
    prosody: [these(['web'], tcp(5280)), these(['jicofo', 'jvb', ...recorder], tcp(5222))],
    // Its port 8080 ends meetings without asking for a password.
    jvb: [
      anybody(udp(answers.network.mediaPort)),
      ...(scales ? [{ ports: [tcp(8080)], from: [], namespace: 'keda' }] : []),
    ],
    coturn: [anybody(tcp(3478), udp(3478), tcp(5349), tcp(8080))],
    excalidraw: [these(['web'], tcp(9002))],
  };
  return components.flatMap((component) => {
    const own = rules[component];
    return own ? [{ name: `jitsi-${component}`, component, rules: own }] : [];
  });
}
