import { expect } from 'chai';
import {
  inAscii,
  lacksUnicode,
  showsColors,
  showsLinks,
} from '../../../../src/process/output/terminal-look.js';

describe('what a terminal shows', () => {
  it('is colour where there is a terminal and no NO_COLOR, and where FORCE_COLOR asks for it', () => {
    const table: readonly (readonly [Record<string, string>, boolean, boolean])[] = [
      [{}, true, true],
      [{}, false, false],
      [{ NO_COLOR: '1' }, true, false],
      [{ NO_COLOR: '' }, true, true],
      [{ FORCE_COLOR: '1' }, false, true],
      [{ FORCE_COLOR: '0' }, true, false],
      [{ FORCE_COLOR: '1', NO_COLOR: '1' }, false, true],
      [{ FORCE_COLOR: '' }, false, false],
      [{ TERM: 'dumb' }, true, false],
    ];
    for (const [env, isTTY, colors] of table)
      expect(showsColors(env, isTTY), JSON.stringify([env, isTTY])).to.equal(colors);
  });

  it('is a link only on a terminal, whatever FORCE_COLOR says', () => {
    expect(showsLinks({ TERM: 'xterm-256color' }, true)).to.equal(true);
    expect(showsLinks({ FORCE_COLOR: '1' }, false)).to.equal(false);
    expect(showsLinks({ TERM: 'dumb' }, true)).to.equal(false);
  });

  it('is ASCII where a locale is set that is not UTF-8', () => {
    expect(lacksUnicode({ LANG: 'C.UTF-8' })).to.equal(false);
    expect(lacksUnicode({ LANG: 'de_DE.utf8' })).to.equal(false);
    expect(lacksUnicode({})).to.equal(false);
    expect(lacksUnicode({ LANG: 'C' })).to.equal(true);
    expect(lacksUnicode({ LANG: 'C.UTF-8', LC_ALL: 'POSIX' })).to.equal(true);
    expect(lacksUnicode({ LC_ALL: '', LC_CTYPE: 'en_US.ISO-8859-1', LANG: 'C.UTF-8' })).to.equal(
      true,
    );
  });

  it('keeps a table straight in ASCII, and a name as it is', () => {
    const row = '│ größe=1 │ −2.0 % (−4–0) │ ┊ ──●┼─ ┊ ▶│';
    const shown = inAscii(row);
    expect(shown).to.have.length(row.length);
    expect(shown).to.equal('| größe=1 | -2.0 % (-4-0) | : --o+- : >|');
    expect(inAscii('(≥ 95 % interval)')).to.equal('(>=95 % interval)');
  });
});
