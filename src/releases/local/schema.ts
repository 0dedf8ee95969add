import * as z from 'zod';

const name = z.string().regex(/^[A-Z][A-Z0-9_]*$/);
const word = z.string().regex(/^[\w.-]+$/);
const line = z.string().regex(/^[^\n\r\0]*$/);
const path = z.string().regex(/^\/[\w./-]*$/);
const image = z.string().regex(/^[\w.:/@-]+$/);
const port = z.int().min(1).max(65535);
const present = z.literal(true).optional();

const variable = z.strictObject({
  kind: z.enum(['switch', 'word']).optional(),
  default: z.string().optional(),
});

const service = z.strictObject({
  image,
  file: line,
  ports: z.array(line).optional(),
  expose: z.array(line).optional(),
  mounts: z
    .array(z.strictObject({ source: line, target: path, readOnly: present, shared: present }))
    .optional(),
  tmpfs: z.array(line).optional(),
  readOnly: present,
  capabilities: z.array(word).optional(),
  shmSize: line.optional(),
  user: line.optional(),
  command: z.array(line).optional(),
  aliases: z.array(line).optional(),
  dependsOn: z.array(word).optional(),
  fixed: z.record(z.string(), line).optional(),
  health: z.strictObject({ script: path, url: line }).optional(),
  required: z.array(name).optional(),
  variables: z.record(name, variable).optional(),
  unread: z.array(name).optional(),
});

/** The facts of one release as a file may state them: everything in it ends up in configuration. */
export const factsSchema = z.strictObject({
  tag: line,
  date: z.string().regex(/^(?:\d{4}-\d\d-\d\d)?$/),
  commit: z.string().regex(/^[0-9a-f]{0,40}$/),
  registry: image,
  uid: z.int().min(0).max(65535),
  webPorts: z.strictObject({ http: port, https: port }),
  prosodyData: path,
  prosodyConfig: path,
  accounts: z.enum(['make', 'overwrite']),
  services: z.record(word, service),
});
