import { knobsOfScope, type Assignment } from '../../model/knob.js';
import { oneLine } from '../../model/printable.js';
import { referencesIn } from '../../model/secret.js';
import { wrapText } from '../terminal/wrap-text.js';

/**
 * `spark-defaults.conf` with the spark.* knobs, for `--properties-file`. Spark reads it as a Java properties file
 * (`Utils.getPropertiesFromFile`). Passwords are left out, and named.
 */
export function sparkDefaults(knobs: Assignment, head: readonly string[]): string {
  const spark = [...knobsOfScope(knobs, 'spark')];
  const isSecret = ([, value]: readonly [string, string]) => referencesIn(value).length > 0;
  const width = Math.max(0, ...spark.map(([key]) => escapedKey(key).length));
  return [
    ...head.flatMap(comments),
    ...spark
      .filter((entry) => !isSecret(entry))
      .map(([key, value]) => `${escapedKey(key).padEnd(width)} ${escaped(value)}`),
    ...spark
      .filter(isSecret)
      .flatMap(([key]) => comments(`${key} holds a password: set it yourself.`)),
    '',
  ].join('\n');
}

/** Lines of a comment that fit a page, whatever is in the text. */
export function comments(text: string): string[] {
  return wrapText(oneLine(text), 98, '  ').map((line) => `# ${line}`);
}

function escapedKey(key: string): string {
  return escaped(key).replaceAll(/[=: #!]/g, '\\$&');
}

/** Backslashes and control characters as `java.util.Properties` reads them; a space at the beginning would be lost. */
function escaped(value: string): string {
  return value
    .replaceAll('\\', '\\\\')
    .replaceAll(
      /[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g,
      (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`,
    )
    .replace(/^ /, '\\ ');
}
