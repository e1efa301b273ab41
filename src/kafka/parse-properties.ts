/**
 * The pairs of a Java properties file (`java.util.Properties.load`): comments, continued lines and escapes as there. A later
 * pair takes the place of an earlier one of the same key.
 */
export function parseProperties(text: string): Map<string, string> {
  const pairs = new Map<string, string>();
  for (const line of logicalLines(text)) {
    const match = /^((?:[^\\=:\s]|\\.)+)(?:\s*[=:]\s*|\s+|$)(.*)$/s.exec(line);
    if (match !== null) pairs.set(unescaped(match[1] ?? ''), unescaped(match[2] ?? ''));
  }
  return pairs;
}

/** A line that ends in an odd number of backslashes goes on with the next one, without the blanks that begin it. */
function logicalLines(text: string): string[] {
  const lines: string[] = [];
  let begun: string | undefined;
  for (const natural of text.split(/\r\n|\r|\n/)) {
    const line = natural.trimStart();
    if (begun === undefined && (line === '' || /^[#!]/.test(line))) continue;
    const whole: string = (begun ?? '') + line;
    const isContinued = (/\\*$/.exec(line)?.[0].length ?? 0) % 2 === 1;
    begun = isContinued ? whole.slice(0, -1) : undefined;
    if (!isContinued) lines.push(whole);
  }
  return begun === undefined ? lines : [...lines, begun];
}

const controls: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r', f: '\f' };

function unescaped(text: string): string {
  return text.replaceAll(/\\(?:u([0-9a-fA-F]{4})|(.))/gs, (_all, code?: string, one = '') =>
    code === undefined
      ? (controls[one as string] ?? (one as string))
      : String.fromCharCode(parseInt(code, 16)),
  );
}
