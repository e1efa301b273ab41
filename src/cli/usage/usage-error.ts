import { closestName } from '../../knobs/closest-name.js';
import { HarnessError } from '../../model/harness-error.js';
import type { KnownCommand } from './command-tree.js';

interface CommandLine {
  readonly typed: readonly string[];
  /** The command that it calls; undefined if it calls none. */
  readonly command: KnownCommand | undefined;
  /** The names of the command's options, without dashes. */
  readonly options: readonly string[];
}

/** The error for what yargs found wrong with a command line, in our words. */
export function usageError(message: string, line: CommandLine): HarnessError {
  const called = line.command === undefined ? '' : `${line.command.name} `;
  return new HarnessError({
    code: 'USAGE',
    message: reworded(message, line),
    hint: `See \`streamtune ${called}--help\`.`,
  });
}

function reworded(message: string, line: CommandLine): string {
  const [, what = '', names = ''] = /^([A-Z][a-z -]+):\s(.*)$/s.exec(message) ?? [];
  switch (what) {
    case 'Unknown argument':
    case 'Unknown arguments':
      return unknownArguments(names, line);
    case 'Not enough arguments following':
      return `${dashed(names)} needs a value.`;
    case 'Missing required argument':
    case 'Missing required arguments':
      return `${names.split(', ').map(dashed).join(' and ')} must be given.`;
    case 'Invalid values':
      return names.split('\n').map(wrongChoice).join(' ');
    case 'Not enough non-option arguments': {
      const { name = 'streamtune', needs = [] } = line.command ?? {};
      return `${name} needs ${needs.length === 0 ? 'another argument' : needs.join(' ')}.`;
    }
    default:
      return message.replaceAll('\n', ' ');
  }
}

/** From `  Argument: format, Given: "xml", Choices: "text", "json"`. */
function wrongChoice(line: string): string {
  const [, name = '', given = '', choices = ''] =
    /Argument: (.*?), Given: (.*), Choices: (.*)$/.exec(line) ?? [];
  const all = [...choices.matchAll(/"([^"]*)"/g)].map(([, choice]) => choice);
  return `${dashed(name)} is ${given}; it takes ${all.slice(0, -1).join(', ')} or ${all.at(-1) ?? ''}.`;
}

function unknownArguments(text: string, { typed, options }: CommandLine): string {
  const names = text.split(', ');
  const end = typed.indexOf('--');
  const unknown = typed
    .slice(0, end < 0 ? undefined : end)
    .map((word) => /^(--?)(?:no-)?([^=]+)/.exec(word))
    .filter((match) => match !== null)
    .filter(([, dashes, name = '']) =>
      dashes === '-'
        ? names.some((one) => name.includes(one)) // -xyz is three options
        : names.includes(name),
    )
    .map(([, dashes = '', name = '']) => `${dashes}${name}`);
  const known = options.filter((option) => !unknown.includes(`--${option}`));
  if (unknown.length === 0) return `Unexpected argument: ${text}.${meant(names[0] ?? '', known)}`;
  return [...new Set(unknown)]
    .map((option) => `Unknown option ${option}.${meant(option.replace(/^-+/, ''), known)}`)
    .join(' ');
}

function meant(name: string, options: readonly string[]): string {
  const close = closestName(
    name,
    options.filter((option) => option.length > 1 && !/[A-Z]/.test(option)),
  );
  return close === undefined ? '' : ` Did you mean --${close}?`;
}

function dashed(name: string): string {
  return name.length === 1 ? `-${name}` : `--${name}`;
}
