import * as z from 'zod/mini';

const name = z.string().check(z.regex(/^[A-Z][A-Z0-9_]*$/));
const word = z.string().check(z.regex(/^[\w.-]+$/));
const line = z.string().check(z.regex(/^[^\n\r\0]*$/));
const path = z.string().check(z.regex(/^\/[\w./-]*$/));
const image = z.string().check(z.regex(/^[\w.:/@-]+$/));
const port = z.int().check(z.minimum(1), z.maximum(65535));
const present = z.optional(z.literal(true));

const variable = z.strictObject({
  kind: z.optional(z.enum(['switch', 'word'])),
  default: z.optional(z.string()),
});

const service = z.strictObject({
  image,
  file: line,
  ports: z.optional(z.array(line)),
  expose: z.optional(z.array(line)),
  mounts: z.optional(
    z.array(z.strictObject({ source: line, target: path, readOnly: present, shared: present })),
  ),
  tmpfs: z.optional(z.array(line)),
  readOnly: present,
  capabilities: z.optional(z.array(word)),
  shmSize: z.optional(line),
  user: z.optional(line),
  command: z.optional(z.array(line)),
  aliases: z.optional(z.array(line)),
  dependsOn: z.optional(z.array(word)),
  fixed: z.optional(z.record(z.string(), line)),
  health: z.optional(z.strictObject({ script: path, url: line })),
  required: z.optional(z.array(name)),
  variables: z.optional(z.record(name, variable)),
  unread: z.optional(z.array(name)),
});

/** The facts of one release as a file may state them: everything in it ends up in configuration. */
export const factsSchema = z.strictObject({
  tag: line,
  date: z.string().check(z.regex(/^(?:\d{4}-\d\d-\d\d)?$/)),
  commit: z.string().check(z.regex(/^[0-9a-f]{0,40}$/)),
  registry: image,
  uid: z.int().check(z.minimum(0), z.maximum(65535)),
  webPorts: z.strictObject({ http: port, https: port }),
  prosodyData: path,
  prosodyConfig: path,
  accounts: z.enum(['make', 'overwrite']),
  services: z.record(word, service),
});
