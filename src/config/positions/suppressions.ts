import { Lexer } from 'yaml';
import { bySeverity, type Finding, type Position } from '../../model/finding.js';
import { isLintRule } from '../../model/lint-rules.js';

/** A comment `# streamtune-ignore: RULE reason`. */
export interface Suppression {
  readonly rule: string;
  /** Empty if there is none. */
  readonly reason: string;
  readonly position: Position;
  /** The line that it concerns: its own, or the next one with anything else if it stands alone. */
  readonly line: number;
}

const form = /^#\s*streamtune-ignore:\s*(\S*)\s*(.*)$/;

/** Finds the suppressions of a file, in order. */
export function suppressionsOf(text: string): Suppression[] {
  const lines = text.split('\n');
  return commentsOf(text).flatMap(({ comment, position }) => {
    const match = form.exec(comment.trim());
    if (match === null) return [];
    const [, rule = '', reason = ''] = match;
    const before = lines[position.line - 1]?.slice(0, position.column - 1) ?? '';
    let line = position.line;
    if (before.trim() === '') while (line < lines.length && isBlank(lines[line - 1])) line += 1;
    return [{ rule, reason, position, line }];
  });
}

/** Leaves out what is suppressed with a reason, and adds a finding for each suppression that does not work. */
export function withoutSuppressed(findings: readonly Finding[], text: string): Finding[] {
  const suppressions = suppressionsOf(text);
  if (suppressions.length === 0) return [...findings];
  const meets = (one: Suppression, { rule, position, key }: Finding) =>
    one.rule === rule && position !== undefined && isAt(one.line, { position, key }, text);
  const working = suppressions.filter(
    (one) => one.reason !== '' && findings.some((finding) => meets(one, finding)),
  );
  return bySeverity([
    ...findings.filter((finding) => !working.some((one) => meets(one, finding))),
    ...suppressions.filter((one) => !working.includes(one)).map((one) => complaint(one)),
  ]);
}

/** Whether a line holds a finding: its position, or, for a level on a line of its own, its key. */
function isAt(
  line: number,
  { position, key }: { readonly position: Position; readonly key: string },
  text: string,
): boolean {
  if (line === position.line) return true;
  const lines = text.split('\n').slice(line - 1, position.line);
  return line < position.line && lines[0]?.includes(key) === true && lines.slice(1).every(isItem);
}

function isItem(line: string): boolean {
  return /^\s*(-|#|$|\[|\])/.test(line);
}

function complaint({ rule, reason, position }: Suppression): Finding {
  const given = { severity: 'warning', key: 'streamtune-ignore', levels: [], position } as const;
  if (reason === '' && isLintRule(rule)) {
    return {
      ...given,
      rule: 'suppression-without-reason',
      what: `It does not suppress ${rule}.`,
      why: 'It has no reason.',
      instead: `# streamtune-ignore: ${rule} why it is right here`,
    };
  }
  return {
    ...given,
    rule: 'suppression-unused',
    what: 'It suppresses nothing.',
    why: isLintRule(rule)
      ? `The line that it concerns has no finding of the rule ${rule}.`
      : `There is no rule ${JSON.stringify(rule)}.`,
    instead: null,
  };
}

function isBlank(line: string | undefined): boolean {
  return line === undefined || /^\s*(#|$)/.test(line);
}

/** Marks that the lexer puts between the pieces of the text: a document's start, a plain scalar, an error. */
const marks = new Set(['\u0002', '\u0018', '\u001f']);

/** The comments of a YAML text. What looks like one inside a text value is none. */
function commentsOf(text: string): { readonly comment: string; readonly position: Position }[] {
  const found = [];
  let [line, column] = [1, 1];
  let before = '';
  for (const piece of new Lexer().lex(text)) {
    if (marks.has(piece)) {
      before = piece;
      continue;
    }
    if (piece.startsWith('#') && before !== '\u001f') {
      found.push({ comment: piece, position: { line, column } });
    }
    const ends = piece.split('\n');
    line += ends.length - 1;
    column = ends.length > 1 ? (ends.at(-1)?.length ?? 0) + 1 : column + piece.length;
    before = piece;
  }
  return found;
}
