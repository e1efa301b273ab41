/**
 * Spark's classes as Java keeps them once they are loaded and verified, so that the next driver starts faster: a CDS
 * archive, or an AOT cache from Java 25 on. It changes how soon a driver starts and nothing that runs in it.
 */
export interface ClassArchive {
  /** Names the Java, Spark and connector that it was made of; `spark-4.2.0-java17-0123456789ab`. */
  readonly id: string;
  /** An empty folder for SPARK_CONF_DIR: Java takes no archive with files in a folder of its class path. */
  readonly confFolder: string;
  /** What makes a driver use it, or write it as it ends. */
  readonly javaOptions: readonly string[];
}
