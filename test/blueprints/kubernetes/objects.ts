import { parseAllDocuments } from 'yaml';
import { z } from 'zod';

/**
 * The objects of a cluster as strictly as Kubernetes reads them with `--validate=strict`: what a kind has no field for is refused.
 * Of each kind, the fields that this project writes (Kubernetes 1.37, cert-manager.io/v1, keda.sh/v1alpha1).
 */
const label = z.string().regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/);
const labels = z.record(z.string(), z.string());
const metadata = z.strictObject({ name: label, labels: labels.optional() });
const selector = z.strictObject({ matchLabels: labels });
const port = z.number().int().min(1).max(65535);
const protocol = z.enum(['TCP', 'UDP']);

const object = <K extends string, S extends z.ZodType>(apiVersion: string, kind: K, spec: S) =>
  z.strictObject({
    apiVersion: z.literal(apiVersion),
    kind: z.literal(kind),
    metadata,
    spec,
  });

const whole = z.discriminatedUnion('kind', [
  z.strictObject({ apiVersion: z.literal('v1'), kind: z.literal('Namespace'), metadata }),
  z.strictObject({
    apiVersion: z.literal('v1'),
    kind: z.literal('Secret'),
    type: z.literal('Opaque'),
    metadata,
    data: z.record(z.string(), z.base64()),
  }),
  object(
    'v1',
    'Service',
    z.strictObject({
      clusterIP: z.literal('None'),
      selector: labels,
      ports: z.array(z.strictObject({ name: label, port, targetPort: port, protocol })).min(1),
    }),
  ),
  object(
    'policy/v1',
    'PodDisruptionBudget',
    z.strictObject({ maxUnavailable: z.number().int().min(1), selector }),
  ),
  object(
    'networking.k8s.io/v1',
    'NetworkPolicy',
    z.strictObject({
      podSelector: selector,
      policyTypes: z.array(z.enum(['Ingress', 'Egress'])),
      ingress: z
        .array(
          z.strictObject({
            ports: z.array(z.strictObject({ port, protocol })).min(1),
            from: z
              .array(
                z.union([
                  z.strictObject({ podSelector: selector }),
                  z.strictObject({ namespaceSelector: selector }),
                ]),
              )
              .min(1)
              .optional(),
          }),
        )
        .optional(),
    }),
  ),
  object(
    'cert-manager.io/v1',
    'Issuer',
    z.union([
      z.strictObject({ selfSigned: z.strictObject({}) }),
      z.strictObject({
        acme: z.strictObject({
          email: z.string().min(3),
          server: z.url(),
          privateKeySecretRef: z.strictObject({ name: label }),
          solvers: z.array(
            z.strictObject({
              http01: z.strictObject({
                ingress: z.strictObject({ ingressClassName: z.string() }),
              }),
            }),
          ),
        }),
      }),
    ]),
  ),
  object(
    'keda.sh/v1alpha1',
    'ScaledObject',
    z.strictObject({
      scaleTargetRef: z.strictObject({ name: label }),
      minReplicaCount: z.number().int(),
      maxReplicaCount: z.number().int(),
      advanced: z.strictObject({
        horizontalPodAutoscalerConfig: z.strictObject({
          behavior: z.strictObject({
            scaleDown: z.strictObject({
              stabilizationWindowSeconds: z.number().int().max(3600),
              policies: z.array(
                z.strictObject({
                  type: z.literal('Pods'),
                  value: z.number().int(),
                  periodSeconds: z.number().int().max(1800),
                }),
              ),
            }),
          }),
        }),
      }),
      triggers: z.array(
        z.strictObject({
          type: z.literal('metrics-api'),
          metricType: z.literal('AverageValue'),
          // KEDA takes texts here, numbers and switches too.
          metadata: z.record(z.string(), z.string()),
        }),
      ),
    }),
  ),
]);

const container = z.strictObject({
  name: label,
  image: z.string().optional(),
  command: z.array(z.string()).optional(),
  env: z.array(z.strictObject({ name: z.string(), value: z.string() })).optional(),
  lifecycle: z
    .strictObject({
      preStop: z.strictObject({ exec: z.strictObject({ command: z.array(z.string()) }) }),
    })
    .optional(),
  securityContext: z
    .strictObject({
      allowPrivilegeEscalation: z.literal(false),
      capabilities: z.strictObject({ drop: z.array(z.literal('ALL')) }),
      readOnlyRootFilesystem: z.literal(true),
      runAsGroup: z.number(),
      runAsNonRoot: z.literal(true),
      runAsUser: z.number().min(1),
      seccompProfile: z.strictObject({ type: z.literal('RuntimeDefault') }),
    })
    .optional(),
  resources: z.strictObject({ limits: z.strictObject({ memory: z.string() }) }).optional(),
  volumeMounts: z
    .array(z.strictObject({ name: label, mountPath: z.string().startsWith('/') }))
    .optional(),
});

/** A strategic merge patch for a Deployment of the chart. */
export const patch = object(
  'apps/v1',
  'Deployment',
  z.strictObject({
    strategy: z
      .strictObject({
        type: z.literal('RollingUpdate'),
        rollingUpdate: z.strictObject({ maxSurge: z.number(), maxUnavailable: z.number() }),
      })
      .optional(),
    template: z.strictObject({
      spec: z.strictObject({
        terminationGracePeriodSeconds: z.number().int().optional(),
        containers: z.array(container).optional(),
        volumes: z
          .array(
            z.strictObject({ name: label, emptyDir: z.strictObject({ sizeLimit: z.string() }) }),
          )
          .optional(),
      }),
    }),
  }),
);

/** All documents of a file, by a parser that takes a key twice for a mistake. */
export function documents(text: string): unknown[] {
  return parseAllDocuments(text, { uniqueKeys: true }).map((document) => {
    const [error] = document.errors;
    if (error) throw error;
    return document.toJS();
  });
}

/**
 * The objects of a file.
 *
 * @throws ZodError for what Kubernetes would not take
 */
export function objectsIn(text: string) {
  return documents(text).map((one) => whole.parse(one));
}
