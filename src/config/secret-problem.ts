import { scopeOf, type Level } from '../model/knob.js';
import { referencesIn } from '../model/secret.js';
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
  if (references.length === 0) {
    if (typeof level === 'string' && /\$\{(env|file):/.test(level)) {
      return [
        {
          path,
          message: `${key} holds no complete reference; write \${env:NAME} or \${file:PATH}`,
        },
      ];
    }
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
