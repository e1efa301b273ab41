/** Options that may be given several times, and an argument that takes several values. */
const repeatable = ['files', 'param', 'knob', 'fail-if', 'failIf', 'fail-on', 'failOn']; // yargs gives an option under both of its names

/**
 * Says which option is given more than once, although it may not be repeated; undefined if none is. To be asked before
 * yargs looks at the values: no rule of an option expects several.
 */
export function repeatedProblem(
  parsed: Readonly<Record<string, unknown>>,
  typed: readonly string[],
): string | undefined {
  const options = optionsIn(typed);
  const names = Object.keys(parsed).filter(
    (key) => Array.isArray(parsed[key]) && ![...repeatable, '_', '--'].includes(key),
  );
  const name = names.find((key) => isTyped(`--${key}`, options)) ?? names[0];
  return name === undefined ? undefined : `${labelOf(name, options)} is given more than once.`;
}

/**
 * Says what is wrong with a command line, whatever the command takes: no value is missing, empty or holds a NUL, a flag
 * has none, and a command after `--` goes with --on-finish. Undefined if nothing is.
 */
export function givenProblem(
  parsed: Readonly<Record<string, unknown>>,
  typed: readonly string[],
  argumentNames: readonly string[] = [],
): string | undefined {
  const options = optionsIn(typed);
  for (const [key, value] of Object.entries(parsed)) {
    if (['_', '$0', '--'].includes(key)) continue;
    const values: readonly unknown[] = Array.isArray(value) ? value : [value];
    const label = labelOf(key, options);
    const problem =
      values.map((one) => valueProblem(one, label)).find((found) => found !== undefined) ??
      typedProblem(value, `--${key}`, options) ??
      (argumentNames.includes(key) && isTyped(`--${key}`, options)
        ? `Unknown option --${key}: ${key} is given without dashes.`
        : undefined);
    if (problem !== undefined) return problem;
  }
  return onFinishProblem(parsed);
}

function valueProblem(value: unknown, label: string): string | undefined {
  if (value === '') return `${label} is empty; it takes a value.`;
  if (Number.isNaN(value)) return `${label} takes a number.`;
  return typeof value === 'string' && value.includes('\0')
    ? `${label} is ${JSON.stringify(value)}; it takes no NUL.`
    : undefined;
}

/** yargs takes any value of a flag as false, and an option's default where its value is missing. */
function typedProblem(value: unknown, option: string, options: readonly string[]) {
  if (typeof value === 'boolean') {
    return options.some((one) => one.startsWith(`${option}=`))
      ? `${option} takes no value.`
      : undefined;
  }
  const at = options.indexOf(option);
  return at >= 0 && /^(-\D|$)/.test(options[at + 1] ?? '') ? `${option} needs a value.` : undefined;
}

function onFinishProblem(parsed: Readonly<Record<string, unknown>>): string | undefined {
  const [command] = (parsed['--'] ?? []) as readonly string[];
  if (parsed['onFinish'] === true) {
    return (command ?? '') === ''
      ? '--on-finish needs a command: --on-finish -- COMMAND [ARGUMENT ...]'
      : undefined;
  }
  return command === undefined
    ? undefined
    : `${JSON.stringify(command)} stands after --, which is for the command of --on-finish.`;
}

/** The words before a `--`. */
function optionsIn(typed: readonly string[]): readonly string[] {
  const end = typed.indexOf('--');
  return typed.slice(0, end < 0 ? undefined : end);
}

/** The option as it is typed; an argument, which has no name of its own, as in the help: `<dir>`. */
function labelOf(key: string, options: readonly string[]): string {
  const name = [`--${key}`, `-${key}`].find((one) => isTyped(one, options));
  return name ?? `<${key}>`;
}

function isTyped(option: string, options: readonly string[]): boolean {
  return options.some((one) => one === option || one.startsWith(`${option}=`));
}
