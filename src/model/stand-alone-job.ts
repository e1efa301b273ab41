import type { KafkaSecurity } from './kafka-endpoint.js';

/** A file by its name, with its whole text. */
export interface NamedText {
  readonly name: string;
  readonly text: string;
}

/** A job as its owner runs it, without streamtune. */
export interface StandAloneJob {
  /** Its own files, to be put beside the call. */
  readonly files: readonly NamedText[];
  /** Where the file is that Spark runs; absent if it is one of `files`. */
  readonly script?: string;
  /** Of a jar, unless its manifest names it. */
  readonly mainClass?: string;
  /** What spark-submit is given after its own options: the application, or only the script's arguments. */
  readonly application: readonly string[];
  readonly pyFiles: readonly string[];
  /** Environment variables that it reads. */
  readonly env: Readonly<Record<string, string>>;
  /** What its owner has to know or to fill in, a sentence each. */
  readonly notes: readonly string[];
}

/** What is its owner's own: where to read from. */
export interface OwnPlaces {
  /** HOST:PORT, separated by commas. */
  readonly bootstrapServers: string;
  readonly topic: string;
  /** How to connect, if not without encryption. */
  readonly security?: KafkaSecurity;
}
