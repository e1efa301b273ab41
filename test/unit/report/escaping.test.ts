import { expect } from 'chai';
import { seededRandom } from '../../../src/model/seeded-random.js';
import { shellWord } from '../../../src/model/shell-word.js';
import { oneLine, printable } from '../../../src/model/printable.js';
import { csvCell } from '../../../src/report/csv-cell.js';
import { codeBlock, markdownTable } from '../../../src/report/markdown/markdown-table.js';
import {
  markdownCode,
  markdownLink,
  markdownParagraph,
  markdownText,
} from '../../../src/report/markdown/markdown-text.js';
import { hostileText } from '../../helpers/hostile-text.js';

const seed = 20_260_131;
const texts = (() => {
  const random = seededRandom(seed);
  return Array.from({ length: 400 }, () => hostileText(random));
})();
const acting = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u202e]/;

/** The text with what Markdown would take from backslash escapes taken out. */
const unescaped = (text: string) => text.replaceAll(/\\[!-/:-@[-`{-~]/g, '');

/** Fields of RFC 4180, read by the book. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  const pattern = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/gy;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    rows.at(-1)!.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
    if (pattern.lastIndex >= text.length) return rows;
    if (match[3] === '\r\n') rows.push([]);
  }
  throw new Error(`no CSV at ${JSON.stringify(text)}`);
}

describe(`what comes from outside (seed ${String(seed)})`, () => {
  it('keeps the columns of a Markdown table, and adds no HTML, link, code or emphasis', () => {
    const columns = ['one', 'two'].map((label) => ({ label, align: 'left' }) as const);
    for (const text of texts) {
      const line = markdownTable(columns, [[text, 'end']]).split('\n');
      expect(line, JSON.stringify(text)).to.have.length(3);
      const row = unescaped(line[2]!);
      expect(row.match(/\|/g), line[2]).to.have.length(3);
      expect(row.replaceAll('<br>', ''), line[2]).not.to.match(/<[a-z/!?]/i);
      expect(row, line[2]).not.to.match(/[`*[\]~$]|&[#\w]/);
      expect(row, line[2]).not.to.match(acting);
    }
  });

  it('stays in its code span, its paragraph and its block', () => {
    for (const text of texts) {
      const span = markdownCode(text);
      const fence = /^`+/.exec(span)![0];
      const inside = span.slice(fence.length, -fence.length);
      expect(inside.match(/`+/g) ?? [], span).not.to.include(fence);
      expect(span).not.to.match(/\n/).and.not.to.match(acting);
      expect(markdownParagraph(text))
        .not.to.match(/^(?:[-+#>=]|\d+[.)]|\s)/)
        .and.not.to.match(/\n/);
      const block = codeBlock(text).split('\n');
      expect(block.slice(1, -1).filter((line) => line.startsWith(block[0]!))).to.deep.equal([]);
      expect(block.at(-1)).to.equal(block[0]);
      expect(markdownLink(text, `trials/${text}/`)).to.match(/^\[[^\n]*\]\(trials\/[\w.%~/-]*\)$/);
    }
  });

  it('is read by a CSV parser as it was written, and by no spreadsheet as a formula', () => {
    for (const text of texts) {
      const [[first = '', second] = []] = parseCsv(`${csvCell(text)},${csvCell('end')}`);
      expect(second).to.equal('end');
      expect([printable(text), `'${printable(text)}`]).to.include(first);
      if (!/^[+-]?[\d.]+$/.test(first)) expect(first).not.to.match(/^[=+\-@\t\r]/);
      expect(first).not.to.match(acting);
    }
  });

  it('leaves numbers in CSV as they are', () => {
    for (const number of ['-5', '+3', '-0.5', '1e-7', '-1.5E+3', '.5', '12']) {
      expect(csvCell(number)).to.equal(number);
    }
    expect(csvCell('-5+3')).to.equal(`"'-5+3"`);
    expect(csvCell('=1')).to.equal(`"'=1"`);
    expect([csvCell(-5), csvCell(null)]).to.deep.equal(['-5', '']);
  });

  it('leaves names and sentences readable in Markdown', () => {
    for (const text of [
      'spark.sql.shuffle.partitions=4',
      'p < 0.001 (−5 % to +3 %)',
      'by_type',
      'a & b',
    ]) {
      expect(markdownText(text)).to.equal(text);
    }
    expect(markdownText('local[2] <b> a|b')).to.equal('local\\[2\\] \\<b> a\\|b');
  });

  it('shows control characters as escapes that JSON reads back, and lets text of any language be', () => {
    expect(printable('\u001b[31m red\u009b\u202e')).to.equal('\\u001b[31m red\\u009b\\u202e');
    expect(oneLine('a\tb\r\nc')).to.equal('a\\tb\\u000d\\nc');
    const value = { name: '\u001b\u009b\u2028 \u4e2d \u0645\u06cc\u200c\u062e' };
    expect(JSON.parse(printable(JSON.stringify(value)))).to.deep.equal(value);
    expect(printable(value.name)).to.contain('\u4e2d \u0645\u06cc\u200c\u062e');
  });

  it('is quoted for a shell in one line', () => {
    expect(shellWord("it's a; `b`")).to.equal("'it'\\''s a; `b`'");
    expect(shellWord("a\nb'c\u001b\u009b")).to.equal("$'a\\012b\\'c\\033\\302\\233'");
  });
});
