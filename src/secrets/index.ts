export {
  ensureSecrets,
  envName,
  readEnvNames,
  type SecretName,
  SecretsMissing,
  type SecretsOptions,
  type SecretsReport,
} from './ensure.ts';
