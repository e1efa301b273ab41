/**
 * What one start of a broker leaves for later ones of the same Kafka and Java. It changes how soon a broker starts and
 * nothing that runs in it.
 */
export interface BrokerArchive {
  /** What makes its JVM take the classes as Java keeps them once they are loaded. */
  readonly javaOptions: readonly string[];
  /** The file that Kafka's own formatting puts into a new data folder: the first checkpoint of the metadata. */
  readonly checkpoint: string;
}
