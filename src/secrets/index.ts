export {
  ensureSecrets,
  SecretsMissing,
  type SecretsReport,
} from './ensure.ts';
