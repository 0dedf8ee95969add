import type { Fields, FieldValue, ValuesOf } from './field.ts';
import type { answerTable } from './table.ts';
import type { answersVersion } from './version.ts';

/** Where the published JSON Schema of `jitsi-stack.json` is found by editors. */
export const schemaUrl = 'https://unpkg.com/create-jitsi-stack/dist/jitsi-stack.schema.json';

export type Setting = string | number | boolean;

/** A section whose first answer chooses a feature; the other fields are that feature's own. */
export type Chosen<Key extends string> = Readonly<Record<Key, string>> & {
  readonly [field: string]: FieldValue | undefined;
};

type Table = typeof answerTable;

/** What a row of the table stands for in the file. */
type AnswersOf<Row> = Row extends { pick: 'one'; key: infer Key extends string }
  ? Chosen<Key>
  : Row extends { pick: 'some' }
    ? readonly string[]
    : Row extends { pick: 'at most one' }
      ? string | undefined
      : Row extends { fields: infer F extends Fields }
        ? ValuesOf<F>
        : never;

type Sections = {
  readonly [Id in keyof Table as Table[Id] extends { top: true } ? never : Id]: AnswersOf<
    Table[Id]
  >;
};

/** `jitsi-stack.json`, validated and complete. Holds no secret. */
export interface Answers
  extends ValuesOf<Table['site']['fields']>,
    Partial<ValuesOf<Table['machines']['fields']>>,
    Sections {
  readonly version: typeof answersVersion;
  readonly release: string;
  /** Variables of the Jitsi images, checked against the release. */
  readonly settings: Readonly<Record<string, Setting>>;
}

export type Network = Answers['network'];

/** How people reach the server. */
export type Exposure = Network['exposure'];
