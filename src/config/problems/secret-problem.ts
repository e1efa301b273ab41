import { scopeOf, type Level } from '../../model/knob.js';
import { referencesIn, secretParts } from '../../model/secret.js';
import type { Problem } from './schema-problems.js';

/** Keys whose values are passwords, by the naming of Spark, Hadoop and Kafka. */
const sensitive = /(password|secret|secret\.key|access\.key|session\.token|jaas\.config)$/i;

/** Settings that appear on the command line of a JVM: of the driver, which spark-submit starts, or of its executors. */
const inTheCall =
  /^spark\.(master|jars.*|submit\..*|driver\.(extra.*|memory|defaultJavaOptions)|executor\.(extra.*|defaultJavaOptions))$/;

/** Finds what is wrong with a password in an experiment: it is written in plain text, or its reference cannot work. */
export function secretProblem(
  path: readonly [section: string, key: string, ...index: string[]],
  level: Level,
): Problem[] {
  const [, key] = path;
  const references = referencesIn(level);
  const scope = scopeOf(key);
  if (typeof level === 'string' && hasBrokenReference(level)) {
    const found =
      references.length === 0 ? 'no complete reference' : 'a reference that is not complete';
    return [{ path, message: `${key} holds ${found}; write \${env:NAME} or \${file:PATH}` }];
  }
  if (references.length === 0) {
    return sensitive.test(key) && level !== null && level !== ''
      ? [
          {
            path,
            message: `${key} is a password; write \${env:NAME} or \${file:PATH} in its place, and keep the value out of this file`,
          },
        ]
      : [];
  }
  if (scope !== 'spark' && scope !== 'source') {
    return [{ path, message: `${key} takes no password; spark.* and source.* do` }];
  }
  return inTheCall.test(key)
    ? [{ path, message: `${key} stands in the process list, so it takes no password` }]
    : [];
}

/** Whether a text has the beginning of a reference that is none, beside those that are. */
function hasBrokenReference(text: string): boolean {
  return secretParts(text).some((part) => typeof part === 'string' && /\$\{(env|file):/.test(part));
}
