import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { NodeMachine } from './machines.ts';

/** The storage class that the stack is told. */
export const storageClass = 'lab';

/** A storage class of folders of the first node, as there are volumes in it: accounts, and recordings. */
export function storageOn({ name }: NodeMachine, directory: string): object[] {
  const volume = (which: string, size: string) => {
    const place = path.join(directory, which);
    mkdirSync(place, { recursive: true });
    return {
      apiVersion: 'v1',
      kind: 'PersistentVolume',
      metadata: { name: which },
      spec: {
        capacity: { storage: size },
        accessModes: ['ReadWriteOnce'],
        persistentVolumeReclaimPolicy: 'Retain',
        storageClassName: storageClass,
        local: { path: place },
        nodeAffinity: {
          required: {
            nodeSelectorTerms: [
              {
                matchExpressions: [
                  { key: 'kubernetes.io/hostname', operator: 'In', values: [name] },
                ],
              },
            ],
          },
        },
      },
    };
  };
  return [
    {
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: { name: storageClass },
      provisioner: 'kubernetes.io/no-provisioner',
      volumeBindingMode: 'WaitForFirstConsumer',
    },
    volume('first', '1Gi'),
    volume('second', '50Gi'),
  ];
}
