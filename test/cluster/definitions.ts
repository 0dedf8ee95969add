import { readdirSync } from 'node:fs';
import path from 'node:path';
import { moduleFolder } from './go-build.ts';
import { versions } from './versions.ts';

/** Files with cert-manager's and KEDA's own definitions of the objects that a stack brings for them. */
export async function definitionFiles(): Promise<string[]> {
  const manager = await moduleFolder(
    `github.com/cert-manager/cert-manager@${versions.certManager}`,
  );
  const keda = await moduleFolder(`github.com/kedacore/keda/v2@${versions.keda}`);
  const issuing = path.join(manager, 'deploy/crds');
  return [
    ...readdirSync(issuing)
      .filter((file) => /cert-manager\.io_(issuers|certificates)\.yaml$/.test(file))
      .map((file) => path.join(issuing, file)),
    path.join(keda, 'config/crd/bases/keda.sh_scaledobjects.yaml'),
  ];
}
