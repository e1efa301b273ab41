import type { HarnessError } from './harness-error.js';
import { printable } from './printable.js';

/**
 * An error as it is printed: code and message, then the hint. Further lines of either have a margin, so that no name
 * in a message can pass for a message of its own.
 */
export function errorText({ code, message, hint }: HarnessError): string {
  return printable(`${code}: ${indented(message)}\n  ${indented(hint)}\n`);
}

/** The text with a margin of two from its second line on. */
export function indented(text: string): string {
  return text.replace(/\n(?! {2})/g, '\n  ');
}
