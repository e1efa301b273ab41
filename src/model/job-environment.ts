/**
 * Whether a script is handed a knob in its environment. A JVM takes its environment as it starts, so such a knob needs a
 * process of its own.
 */
export function isInEnvironment(
  key: string,
  env: Readonly<Record<string, string | number | boolean>> = {},
): boolean {
  return Object.values(env).some((text) => String(text).includes(`\${${key}}`));
}
